package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/internal/moduleproxy"
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
	user, err := s.newUser(ctx)
	if err != nil {
		return err
	}
	start := func(folder string) func(context.Context) (time.Duration, error) {
		return func(ctx context.Context) (time.Duration, error) {
			started := time.Now()
			_, err := user.mage(ctx, folder, "host", "nothing")
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

// newUser returns a module that requires a release of this one, with two magefiles. The go command indexes modules that
// it has downloaded, so mage starts faster than with a replacement.
func (s *session) newUser(ctx context.Context) (module, error) {
	const version = "v1.2.3"
	user := module{dir: filepath.Join(s.scratch, "user"), cache: filepath.Join(s.scratch, "user-mage")}
	proxy := filepath.Join(s.scratch, "proxy")
	this, err := moduleproxy.This(s.module.root, version)
	if err != nil {
		return user, err
	}
	if err := moduleproxy.Publish(this, proxy); err != nil {
		return user, err
	}
	downloaded, err := user.output(ctx, "", "go", "env", "GOMODCACHE")
	if err != nil {
		return user, err
	}
	user.env = []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(downloaded) + "/cache/download",
		"GOMODCACHE=" + filepath.Join(s.scratch, "modules"), "GOSUMDB=off", "GOFLAGS=-modcacherw",
	}
	err = user.write(map[string][]byte{
		"go.mod": fmt.Appendf(nil, "module example.com/user\n\ngo 1.24.0\n\ntool github.com/magefile/mage\n\n"+
			"require %s %s\n", this.Path, version),
		"library/magefile.go": []byte(withLibrary), "empty/magefile.go": []byte(empty),
	})
	if err != nil {
		return user, err
	}
	_, err = user.output(ctx, user.dir, "go", "mod", "tidy")
	return user, err
}
