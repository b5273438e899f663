package explore

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/rebuild"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/progress"
	"github.com/go-sparta/sparta/spartamage"
)

// session is one run. Its methods are called one after the other: a build ends the description before it begins.
type session struct {
	options  *parsed
	engine   *engine
	web      *web
	page     *page
	settings Settings
	dir      string         // of the application
	quiet    *logrus.Logger // for what is not worth a line after each change
	building string         // ID of the present build's entry in the history; empty means that there is none

	runtime string // Lambda's name of the Python that was found last
	python  interpreter.Python
	warned  string // which variables have no value, the last time that this was said

	endDescription func() // ends the description that is being made, and waits for the end
}

func newSession(options *parsed, engine *engine, web *web, page *page) *session {
	return &session{
		options: options, engine: engine, web: web, page: page, dir: options.dir(),
		settings: Settings{Build: options.Build, Service: options.Service},
		quiet:    quiet(options.Log), endDescription: func() {},
	}
}

// quiet returns a log that has only warnings, unless details are wanted.
func quiet(log *logrus.Logger) *logrus.Logger {
	other := logrus.New()
	other.SetOutput(log.Out)
	other.SetFormatter(log.Formatter)
	other.SetLevel(log.GetLevel())
	if log.GetLevel() == logrus.InfoLevel {
		other.SetLevel(logrus.WarnLevel)
	}
	return other
}

// limited reports that the system cannot report changes of files.
func (s *session) limited(err error) {
	s.options.Log.Warnf("changes of files are noticed a little later: %v", err)
}

// started records that a build begins.
func (s *session) started(changed []string) {
	s.endDescription()
	s.readVariables(changed)
	s.engine.begin()
	names := shown(changed, s.dir)
	if s.building != "" { // its files have changed again
		s.engine.history.Update(s.building, func(entry *history.Entry) { entry.Build.Changed = names })
		return
	}
	s.building = s.engine.history.Add(history.Entry{Build: &history.Build{State: history.Running, Changed: names}})
}

// readVariables reads the functions' variables again if one of their files has changed.
func (s *session) readVariables(changed []string) {
	isChanged := func(path string) bool { return slices.Contains(changed, path) }
	if !slices.ContainsFunc(s.options.variableFiles(), isChanged) {
		return
	}
	variables, err := invocation.Variables(s.options.entries)
	if err != nil {
		s.options.Log.Warnf("the functions keep their variables: %v", err)
		return
	}
	s.options.variables = variables
}

// reload reads the settings of the magefile again, if that has changed, and returns those of builds.
func (s *session) reload(ctx context.Context, changed []string) *spartamage.BuildOptions {
	ofMagefile := func(path string) bool { return isMagefile(path, s.dir) }
	if s.options.Settings == nil || !slices.ContainsFunc(changed, ofMagefile) {
		return nil
	}
	settings, err := s.options.Settings(ctx)
	if err != nil {
		if ctx.Err() == nil {
			s.options.Log.Warnf("the magefile's settings could not be read again: %v: "+
				"correct the magefile, or start explore again", err)
		}
		return nil
	}
	s.settings = settings
	return &s.settings.Build
}

// finished uses the result of a build.
func (s *session) finished(ctx context.Context, result rebuild.Result) {
	problems, err := result.Problems, result.Err
	if err == nil {
		if err = s.use(ctx, result.Build); err != nil {
			if ctx.Err() != nil {
				return
			}
			problems = rebuild.ProblemsOf(err, s.dir)
		}
	}
	s.engine.history.Update(s.building, func(entry *history.Entry) {
		entry.Build.State, entry.Build.Duration = history.Succeeded, result.Took
		if err != nil {
			entry.Build.State, entry.Build.Problems = history.Failed, recorded(problems, s.dir)
		}
	})
	s.building = ""
	switch {
	case err != nil:
		err = errors.New(problems[0].Message)
		report(s.options.Log, problems, s.dir, s.engine.serves())
	case len(result.Changed) > 0:
		s.options.Log.WithFields(logrus.Fields{progress.Step: "rebuilt", progress.Took: result.Took}).
			Info(list(shown(result.Changed, s.dir)))
	}
	s.engine.end(err)
}

// use serves a good build. A service that has to be compiled to describe itself is described in the background if an
// earlier description can serve until then.
func (s *session) use(ctx context.Context, local spartamage.LocalBuild) error {
	if err := s.findPython(ctx, local.Artifact.Python); err != nil {
		return err
	}
	built := build{local, s.python, cacheOf(local)}
	compiled := local.Sparta || local.Artifact.Original != ""
	if !compiled || !s.engine.serves() {
		service, err := describe(ctx, s.settings, local, s.quiet)
		if err != nil {
			return err
		}
		return s.serveBuild(built, service)
	}
	if err := s.engine.apply(built, s.engine.described()); err != nil {
		return err
	}
	s.describeLater(ctx, built)
	return nil
}

// findPython finds the interpreter of a runtime.
func (s *session) findPython(ctx context.Context, runtime string) error {
	if s.runtime == runtime {
		return nil
	}
	python, err := interpreter.Find(ctx, runtime)
	if err != nil {
		return err
	}
	s.runtime, s.python = runtime, python
	return nil
}

// describeLater describes the service of a build, and serves what has changed.
func (s *session) describeLater(ctx context.Context, built build) {
	ctx, cancel := context.WithCancel(ctx)
	settings, ended := s.settings, make(chan struct{})
	s.endDescription = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	go func() {
		defer close(ended)
		service, err := describe(ctx, settings, built.LocalBuild, s.quiet)
		if err == nil && ctx.Err() == nil {
			err = s.serveBuild(built, service)
		}
		if err != nil && ctx.Err() == nil {
			s.options.Log.Errorf("the service's description is the one before the change: %v", err)
		}
	}()
}

// serveBuild serves a build with its own description.
func (s *session) serveBuild(built build, service localservice.Service) error {
	s.options.lines.setNamed(len(service.Functions) > 1)
	if err := s.engine.apply(built, service); err != nil {
		return err
	}
	addresses, problem, err := s.web.update(service)
	if err != nil {
		return err
	}
	s.page.show(s.web.addresses)
	if problem != "" {
		s.options.Log.Warn(problem)
	}
	if names := strings.Join(missing(service, s.options.variables), ", "); names != s.warned {
		s.warned = names
		if names != "" {
			s.options.Log.Warnf("these variables have no value before the service is deployed: %s: "+
				"set them with -env if the functions need them", names)
		}
	}
	_, err = io.WriteString(s.options.Out, addresses)
	return err
}
