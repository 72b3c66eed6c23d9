// Starts the design system's own behaviour: the menu, error summaries, conditional fields and the like.
import { initAll } from "../vendor/nhsuk-frontend-10.6.1/nhsuk-frontend.min.js";

initAll();
