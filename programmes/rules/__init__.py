"""The rules of the plan and the monthly cycle (domain sections 2 and 3): pure, told the time, no Django."""
