"""Trains the careful reader: one encoder with heads for tags, trees and names. See ../README.md."""
