"""What belongs in each report (domain section 3), and how its content is read: pure, told the time."""
