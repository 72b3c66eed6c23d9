"""Pooled, aligned and collaborated money (domain section 6). Imports programmes and icp.common only."""
