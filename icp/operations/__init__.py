"""Running the portal: is it well, what does it do, and a copy of all it holds."""
