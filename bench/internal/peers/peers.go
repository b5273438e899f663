// Package peers has what people use instead of this project, beside a Python handler and an ordinary bootstrap: Go
// behind a proxy in Node.js, behind the Python side that Sparta 1.x had, and as a subprocess of a Python handler.
package peers

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

//go:embed node python
var files embed.FS

// The names of the peers.
const (
	Node = "Node.js proxy"
	SDK  = "Node.js proxy with the AWS SDK"
	Shim = "Sparta 1.x shim"
	Each = "subprocess each"
	Kept = "subprocess kept"
)

// Peer is a way to run Go in a function.
type Peer struct {
	Name    string
	Options lambdaruntime.Options
}

// For returns the peers with a handler of bench/apps/work. What the machine lacks is reported and left out.
func For(ctx context.Context, s *session.Session, handler string) ([]Peer, error) {
	dir := filepath.Join(s.Scratch, "peers")
	if err := write(dir); err != nil {
		return nil, err
	}
	python := func(name, module, program string, args ...string) (Peer, error) {
		path, err := s.Program(ctx, program, args...)
		// The keys are of nobody: the shim passes some on.
		env := []string{"PROGRAM=" + path, "EVENT=" + handler, "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none"}
		o := lambdaruntime.Options{Dir: filepath.Join(dir, "python"), Handler: module + ".handler", Env: env}
		return Peer{name, o}, err
	}
	var all []Peer
	for _, peerOf := range []func() (Peer, error){
		func() (Peer, error) { return python(Kept, "subprocess_kept", "piped", "-tags=lambda.norpc") },
		func() (Peer, error) { return python(Each, "subprocess_each", "piped", "-tags=lambda.norpc") },
	} {
		peer, err := peerOf()
		if err != nil {
			return nil, err
		}
		all = append(all, peer)
	}
	if _, err := s.Module.Output(ctx, "", s.Python.Path, "-c", "import boto3"); err != nil {
		s.Missing("boto3 for " + s.Python.Path + ", so there are no rows of the " + Shim)
	} else {
		peer, err := python(Shim, "shim", "shim", "-buildmode=c-shared")
		if err != nil {
			return nil, err
		}
		all = append(all, peer)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		s.Missing("node, so there are no rows of the " + Node)
		return all, nil
	}
	program, err := s.Program(ctx, "served", "-tags=lambda.norpc")
	return append(all, Peer{Node, lambdaruntime.Options{
		Dir: filepath.Join(dir, "node"), Handler: "index.handler", Command: []string{node, "runtime.js"},
		Env: []string{"PROGRAM=" + program, "EVENT=" + handler},
	}}), err
}

// WithSDK returns the proxy in Node.js of these peers as one that loads version 2 of the AWS SDK at its start, as that
// of Sparta 1.x did, where Node.js finds it.
func WithSDK(ctx context.Context, s *session.Session, all []Peer) []Peer {
	for _, one := range all {
		if one.Name != Node {
			continue
		}
		if _, err := s.Module.Output(ctx, "", one.Options.Command[0], "-e", "require('aws-sdk')"); err != nil {
			s.Missing("aws-sdk for node (npm install aws-sdk@2, and its folder in NODE_PATH), " +
				"so there are no rows of the " + SDK)
			return nil
		}
		one.Name, one.Options.Env = SDK, append(one.Options.Env, "WITH_SDK=1", "NODE_PATH="+os.Getenv("NODE_PATH"))
		return []Peer{one}
	}
	return nil
}

// write writes the files of Node.js and of Python below the folder.
func write(dir string) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return os.MkdirAll(path, 0o755)
		}
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(path, content, 0o644)
	})
}
