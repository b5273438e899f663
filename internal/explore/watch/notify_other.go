//go:build !linux

package watch

import "errors"

// notifier reports that something has changed in folders, on systems where it can.
type notifier struct{ changes chan struct{} }

func newNotifier() (*notifier, error) { return nil, errors.ErrUnsupported }

func (n *notifier) watch(map[string]bool) error { return errors.ErrUnsupported }

func (n *notifier) close() {}
