"""Risk registers (domain section 5). Imports programmes and icp.common only."""
