"""The demonstration: the place City & Hackney at 14 February 2020, with January closed and published.

Titles, dates, posts and published RAGs are those of public papers; every sentence is our own.
"""
