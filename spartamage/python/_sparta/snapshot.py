"""Go's hooks around a SnapStart snapshot."""
from . import Reply, address_of, after_restore, before_snapshot


def register(take):
    """Registers Go's hooks. take is a function that returns a reply's bytes or raises its error."""
    try:
        import snapshot_restore_py
    except ImportError:
        return
    snapshot_restore_py.register_before_snapshot(_hook(before_snapshot, take))
    snapshot_restore_py.register_after_restore(_hook(after_restore, take))


def _hook(export, take):
    def hook():
        reply = Reply()
        take(export(address_of(reply)), reply)

    return hook
