package tools

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
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

// Start measures how long mage takes to run a target that does nothing, in a magefile that
// imports spartamage and in one that does not.
func Start(ctx context.Context, s *session.Session) error {
	user, err := newUser(ctx, s)
	if err != nil {
		return err
	}
	start := func(folder string) func(context.Context) (time.Duration, error) {
		return func(ctx context.Context) (time.Duration, error) {
			started := time.Now()
			_, err := user.Mage(ctx, folder, "host", "nothing")
			return time.Since(started), err
		}
	}
	library := &measure.Contender{Name: "imports spartamage", Run: start("library"), Usage: usage.EndedChildren}
	peer := &measure.Contender{Name: "imports only mg", Run: start("empty"), Usage: usage.EndedChildren}
	if err := measure.WarmUp(ctx, 2, library, peer); err != nil { // compiles the magefiles
		return err
	}
	if err := measure.Race(ctx, s.Pick(25, 7), library, peer); err != nil {
		return err
	}
	s.Add("start", "mage target, cached", report.Compare(library, peer, 1.6))
	return nil
}

// releasedVersion is that of the release that newUser publishes.
const releasedVersion = "v1.2.3"

// newUser returns a module that requires a release of this one, with two magefiles. The go command indexes modules that
// it has downloaded, so mage starts faster than with a replacement.
func newUser(ctx context.Context, s *session.Session) (session.Module, error) {
	user := session.Module{Dir: filepath.Join(s.Scratch, "user"), Cache: filepath.Join(s.Scratch, "user-mage")}
	proxy := filepath.Join(s.Scratch, "proxy")
	this, err := moduleproxy.This(s.Module.Root, releasedVersion)
	if err != nil {
		return user, err
	}
	if err := moduleproxy.Publish(this, proxy); err != nil {
		return user, err
	}
	known, err := user.Output(ctx, "", "go", "env", "GOMODCACHE", "GOPROXY")
	if err != nil {
		return user, err
	}
	downloaded, elsewhere, _ := strings.Cut(known, "\n")
	user.Env = []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(downloaded) + "/cache/download," +
			elsewhere,
		"GOMODCACHE=" + filepath.Join(s.Scratch, "modules"), "GOSUMDB=off", "GOFLAGS=-modcacherw",
	}
	err = user.Write(map[string][]byte{
		"go.mod": fmt.Appendf(nil, "module example.com/user\n\ngo 1.24.0\n\ntool github.com/magefile/mage\n\n"+
			"require %s %s\n", this.Path, releasedVersion),
		"library/magefile.go": []byte(withLibrary), "empty/magefile.go": []byte(empty),
	})
	if err != nil {
		return user, err
	}
	_, err = user.Output(ctx, user.Dir, "go", "mod", "tidy")
	return user, err
}
