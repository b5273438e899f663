package main

import (
	"context"
	"path/filepath"
	"time"
)

const (
	withLibrary = `//go:build mage

package main

import (
	"github.com/magefile/mage/mg"

	//mage:import
	_ "github.com/go-sparta/sparta/spartamage"
)

// Nothing does nothing, and says so with -v.
func Nothing() {
	if mg.Verbose() {
		println("nothing")
	}
}
`
	empty = `//go:build mage

package main

import "github.com/magefile/mage/mg"

// Nothing does nothing, and says so with -v.
func Nothing() {
	if mg.Verbose() {
		println("nothing")
	}
}
`
)

// startTimes measures how long mage takes to run a target that does nothing, in a magefile that
// imports spartamage and in one that does not.
func startTimes(ctx context.Context, s *session) error {
	if err := s.module.write(map[string][]byte{
		"start/library/magefile.go": []byte(withLibrary), "start/empty/magefile.go": []byte(empty),
	}); err != nil {
		return err
	}
	start := func(folder string) func(context.Context) (time.Duration, error) {
		return func(ctx context.Context) (time.Duration, error) {
			started := time.Now()
			_, err := s.module.mage(ctx, filepath.Join("start", folder), "host", "nothing")
			return time.Since(started), err
		}
	}
	library := &contender{name: "imports spartamage", run: start("library")}
	peer := &contender{name: "imports only mg", run: start("empty")}
	if err := race(ctx, 2, library, peer); err != nil { // compiles the magefiles
		return err
	}
	library.times, peer.times = nil, nil
	if err := race(ctx, s.pick(25, 7), library, peer); err != nil {
		return err
	}
	s.add("start", "mage target, cached", library.against(peer, 1.6))
	return nil
}
