package gosource

import (
	"context"
	"time"
)

// Findings are what the go command says about an application.
type Findings struct {
	Env      Environment
	Settings Settings
	App      *Application
}

// Memory keeps findings for further builds with the same options. They are valid as long as nothing that they follow
// from has changed.
type Memory struct {
	File string // where findings are kept for other processes; empty means nowhere

	findings  Findings
	signature string // of what they follow from; empty means that there are no findings
	saved     string // the signature of the findings in File
}

// Find asks the go command about an application, unless the Memory has its answers. The variables are added to the
// environment of the go command. As soon as the environment is known, Find calls started.
func (m *Memory) Find(
	ctx context.Context, opts ListOptions, variables []string, started func(Environment),
) (found Findings, err error) {
	if m.signature == "" {
		m.load()
	}
	if m.signature != "" {
		if now, _ := m.findings.signature(opts, variables); now == m.signature {
			started(m.findings.Env)
			return m.findings, nil
		}
		m.signature = ""
	}
	if err := m.refusePipes(opts); err != nil {
		return found, err
	}
	start := time.Now()
	if found, err = find(ctx, opts, variables, started); err != nil {
		return found, err
	}
	// What has changed since the start may have been read before or after its change.
	if signature, newest := found.signature(opts, variables); newest.Before(start) {
		m.findings, m.signature = found, signature
	}
	return found, nil
}

// find asks the go command about its settings while it asks about the environment and the packages. An error of these
// does not end the first, which is quick: a go command that is killed leaves a folder in TMPDIR.
func find(
	ctx context.Context, opts ListOptions, variables []string, started func(Environment),
) (found Findings, err error) {
	asked := make(chan error, 1)
	go func() {
		var err error
		found.Settings, err = ReadSettings(ctx, opts.Dir, opts.GOOS, opts.GOARCH, variables...)
		asked <- err
	}()
	if found.Env, err = ReadEnvironment(ctx, opts.Dir, opts.GOOS, opts.GOARCH, variables...); err == nil {
		started(found.Env)
		found.App, err = List(ctx, found.Env, opts, variables...)
	}
	if settingsErr := <-asked; err == nil {
		err = settingsErr
	}
	return found, err
}
