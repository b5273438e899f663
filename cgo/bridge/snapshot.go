//go:build lambdabinary && go1.21

package bridge

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"

	"github.com/go-sparta/sparta/cgo/bridge/lambdaerror"
)

// snapshotHooks are the application's functions around a SnapStart snapshot.
type snapshotHooks struct {
	lock   sync.Mutex
	before []func() error
	after  []func() error
}

// BeforeSnapshot registers a function to run before Lambda takes a SnapStart
// snapshot, for example to close connections. The last registered runs first.
func BeforeSnapshot(hook func() error) {
	app.hooks.lock.Lock()
	defer app.hooks.lock.Unlock()
	app.hooks.before = append([]func() error{hook}, app.hooks.before...)
}

// AfterRestore registers a function to run after Lambda restores a SnapStart
// snapshot, in the order of registration.
func AfterRestore(hook func() error) {
	app.hooks.lock.Lock()
	defer app.hooks.lock.Unlock()
	app.hooks.after = append(app.hooks.after, hook)
}

// beforeSnapshot closes what would be stale after a restore, and keeps the heap
// small.
func (h *snapshotHooks) beforeSnapshot() error {
	if err := run("before the snapshot", &h.lock, &h.before); err != nil {
		return err
	}
	http.DefaultClient.CloseIdleConnections()
	debug.FreeOSMemory()
	return nil
}

func (h *snapshotHooks) afterRestore() error {
	app.epoch.advance()
	return run("after the restore", &h.lock, &h.after)
}

// apart runs a hook in a goroutine of its own, which it may end (runtime.Goexit).
func apart(hook func() error) error {
	done := make(chan error, 1)
	go func() {
		err := errors.New("a hook ended its goroutine (runtime.Goexit)")
		defer func() {
			if value := recover(); value != nil {
				err = lambdaerror.Failure{Document: lambdaerror.OfPanic(value)}
			}
			done <- err
		}()
		err = hook()
	}()
	return <-done
}

func run(when string, lock *sync.Mutex, hooks *[]func() error) error {
	lock.Lock()
	list := *hooks
	lock.Unlock()
	for _, hook := range list {
		if err := apart(hook); err != nil {
			return fmt.Errorf("%s: %w", when, err)
		}
	}
	return nil
}
