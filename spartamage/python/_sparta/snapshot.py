"""Go's hooks around a SnapStart snapshot."""
from . import Reply, library


def register(take):
    """Have the hooks called; take gives a reply's bytes or raises its error."""
    try:
        import snapshot_restore_py
    except ImportError:
        return
    snapshot_restore_py.register_before_snapshot(_hook(library.SpartaBeforeSnapshot, take))
    snapshot_restore_py.register_after_restore(_hook(library.SpartaAfterRestore, take))


def _hook(export, take):
    def hook():
        reply = Reply()
        take(export(reply), reply)

    return hook
