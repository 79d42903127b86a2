"""Find, load and check plugins, and resolve the names of an edition; fails closed."""

from kvaljury.registry.loading import load_plugins
from kvaljury.registry.resolution import Offer, Registry

__all__ = ["Offer", "Registry", "load_plugins"]
