"""Adds to moto what this project's tests need, with one module for each subject."""
