"""The money by the API: months and lines to read, positions to read and write by the pages' own services."""

from finance.api.positions import PositionViewSet
from finance.api.reading import BudgetLineViewSet, FinanceMonthViewSet

__all__ = ["BudgetLineViewSet", "FinanceMonthViewSet", "PositionViewSet"]
