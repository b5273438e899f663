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

// Memory keeps findings for further builds of the same process with the same options. They are valid as long as the
// files that they follow from are unchanged. A nil Memory keeps nothing.
type Memory struct {
	findings  Findings
	signature string // of these files; empty means that there are no findings
}

// Find asks the go command about an application, unless the Memory has its answers. The variables are those of the
// environment for go env. As soon as the environment is known, Find calls started.
func (m *Memory) Find(
	ctx context.Context, opts ListOptions, variables []string, started func(Environment),
) (found Findings, err error) {
	if m != nil && m.signature != "" {
		if now, _ := m.findings.signature(opts); now == m.signature {
			started(m.findings.Env)
			return m.findings, nil
		}
		m.signature = ""
	}
	start := time.Now()
	found.Env, err = ReadEnvironment(ctx, opts.Dir, opts.GOOS, opts.GOARCH, variables...)
	if err != nil {
		return found, err
	}
	started(found.Env)
	if found.Settings, err = ReadSettings(ctx, opts.Dir, opts.GOOS, opts.GOARCH, variables...); err != nil {
		return found, err
	}
	if found.App, err = List(ctx, found.Env, opts); err != nil || m == nil {
		return found, err
	}
	// What has changed since the start may have been read before or after its change.
	if signature, newest := found.signature(opts); newest.Before(start) {
		m.findings, m.signature = found, signature
	}
	return found, nil
}
