package watch

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// notifier reports that something has changed in folders. It uses inotify.
type notifier struct {
	file    *os.File
	watched map[string]int32
	changes chan struct{}
}

// interesting are the events of a folder after which a file may have another content. That a file is written to is not
// one: a writer closes it when the content is complete.
const interesting = syscall.IN_CLOSE_WRITE | syscall.IN_CREATE | syscall.IN_DELETE | syscall.IN_MOVED_FROM |
	syscall.IN_MOVED_TO | syscall.IN_ATTRIB | syscall.IN_DELETE_SELF | syscall.IN_MOVE_SELF | syscall.IN_ONLYDIR

func newNotifier() (*notifier, error) {
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	if err != nil {
		return nil, fmt.Errorf("watch files: %w", limit(err, "max_user_instances"))
	}
	n := &notifier{
		file: os.NewFile(uintptr(fd), "inotify"), watched: map[string]int32{}, changes: make(chan struct{}, 1),
	}
	go n.read()
	return n, nil
}

func (n *notifier) read() {
	buffer := make([]byte, 64<<10)
	for {
		if _, err := n.file.Read(buffer); err != nil {
			return // it is closed
		}
		select {
		case n.changes <- struct{}{}:
		default: // one is waiting already
		}
	}
}

// watch replaces the folders. One that does not exist is left out.
func (n *notifier) watch(folders map[string]bool) error {
	for folder, id := range n.watched {
		if !folders[folder] {
			_, _ = syscall.InotifyRmWatch(n.fd(), uint32(id)) // its folder may have been removed
			delete(n.watched, folder)
		}
	}
	for folder := range folders {
		// One that is watched is added again, because it may have been removed and created.
		id, err := syscall.InotifyAddWatch(n.fd(), folder, interesting)
		switch {
		case err == nil:
			n.watched[folder] = int32(id)
		case errors.Is(err, syscall.ENOSPC):
			return fmt.Errorf("watch %d folders: %w", len(folders), limit(err, "max_user_watches"))
		default:
			delete(n.watched, folder)
		}
	}
	return nil
}

func (n *notifier) fd() int {
	var found int
	connection, err := n.file.SyscallConn()
	if err == nil {
		err = connection.Control(func(fd uintptr) { found = int(fd) })
	}
	if err != nil {
		return -1 // it is closed
	}
	return found
}

// close ends the notifier.
func (n *notifier) close() { _ = n.file.Close() }

// limit adds what to do to the error of a limit of inotify.
func limit(err error, setting string) error {
	return fmt.Errorf("%w: raise fs.inotify.%s (sysctl) to be notified by the system", err, setting)
}
