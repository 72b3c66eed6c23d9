"""Personal data: what is held (``register``), handing it out (``finding``), erasing it (``erasing``)."""
