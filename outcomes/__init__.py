"""The outcomes framework (domain section 7). Imports programmes and icp.common only."""
