package spartamage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// DoctorOptions say for which build a machine is looked at, and where the findings go.
type DoctorOptions struct {
	Build BuildOptions
	Out   io.Writer // nil means standard output
}

// Doctor looks at what this machine has for building and running the application, and writes a
// line for each thing: ok, warn or missing, then what it is, then what to do about it. It installs,
// pulls and keeps nothing. The error says that no build is possible here.
func Doctor(ctx context.Context, opts DoctorOptions) error {
	build, err := opts.Build.resolve()
	if err != nil {
		return err
	}
	if opts.Out == nil {
		opts.Out = os.Stdout
	}
	d := &diagnosis{build: build}
	checks := []struct {
		name string
		run  func(context.Context) finding
	}{
		{"go", d.goVersion},
		{"container", d.engine},
		{"compiler", d.compiler},
		{"package", d.mainPackage},
		{"workspace", d.writable},
		{"python3", d.python},
		{"awslambdaric", d.runtimeClient},
		{"git", d.optional("git", "go fetches modules that no proxy has with it")},
		{"aws", d.optional("aws", "nothing here needs it; it shows what is deployed")},
	}
	findings := make([]finding, len(checks))
	var wait sync.WaitGroup
	for i, check := range checks {
		wait.Add(1)
		go func() {
			defer wait.Done()
			findings[i] = check.run(ctx)
		}()
	}
	wait.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	found := map[string]finding{}
	for i, check := range checks {
		found[check.name] = findings[i]
		if _, err := fmt.Fprintf(opts.Out, "%-8s %-13s %s\n", findings[i].status, check.name, findings[i]); err != nil {
			return fmt.Errorf("write the findings: %w", err)
		}
	}
	verdict := d.verdict(found)
	if verdict.status == lacking {
		return errors.New("no build is possible on this machine: " + verdict.String())
	}
	_, err = fmt.Fprintf(opts.Out, "%-8s %-13s %s\n", verdict.status, "build", verdict)
	return err
}

// What a finding can come to.
const (
	good    = "ok"
	warning = "warn"    // a build is possible without it
	lacking = "missing" // a way of building is not
)

// finding is what one check has found.
type finding struct {
	status string
	detail string
	next   string // what to do; empty if nothing
}

func (f finding) String() string {
	text := f.detail
	if f.next != "" {
		text += "; " + f.next
	}
	return strings.Join(strings.Fields(text), " ")
}

// verdict weighs what was found: which of the ways of building is open.
func (d *diagnosis) verdict(found map[string]finding) finding {
	for _, name := range []string{"go", "workspace"} {
		if found[name].status == lacking {
			return finding{lacking, name + ": " + found[name].detail, found[name].next}
		}
	}
	engine, host := found["container"], found["compiler"]
	wantsEngine, wantsHost := d.build.Builder != "host" && d.build.GOOS == "linux", d.build.Builder != "docker"
	pull := engine.status == warning // the engine has no image and may not get it
	target := d.build.GOOS + "/" + d.build.GOARCH
	switch {
	case wantsEngine && engine.status == good:
		return finding{good, "for " + target + " in a container", ""}
	case wantsEngine && pull && wantsHost && host.status == good:
		return finding{good, "for " + target + " in a container if the image can be pulled, otherwise with the host's own toolchain", ""}
	case wantsEngine && pull:
		return finding{warning, "for " + target + " in a container, if the image can be pulled", ""}
	case wantsHost && host.status == good:
		return finding{good, "for " + target + " with the host's own toolchain", ""}
	case wantsEngine && wantsHost:
		return finding{lacking, "neither a container engine nor a C compiler: " + engine.String(), host.String()}
	case wantsEngine:
		return engine
	}
	return finding{lacking, host.detail, host.next}
}
