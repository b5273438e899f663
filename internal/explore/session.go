package explore

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/internal/explore/history"
	"github.com/go-sparta/sparta/internal/explore/rebuild"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/invocation"
	"github.com/go-sparta/sparta/internal/localservice"
	"github.com/go-sparta/sparta/internal/process"
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
		options: options, engine: engine, web: web, page: page, dir: actual(options.dir()),
		settings: Settings{Build: options.Build, Service: options.Service},
		quiet:    quiet(options.Log), endDescription: func() {},
	}
}

// actual returns a folder without links, as in the paths of changed files.
func actual(dir string) string {
	if path, err := filepath.EvalSymlinks(dir); err == nil {
		return path
	}
	return dir
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

// finished uses the result of a build. A service that has to be compiled to describe itself is described in the
// background, so that changes and Ctrl-C need not wait for that. An earlier description can serve until then: that of
// the build before or, at first, that of the running program. One that names a folder with files of Archive hooks
// cannot: these belong to the build before.
func (s *session) finished(ctx context.Context, result rebuild.Result) {
	if result.Err != nil {
		s.end(result, result.Problems)
		return
	}
	built, err := s.withPython(ctx, result.Build)
	compiled := built.Sparta || built.Artifact.Original != ""
	switch {
	case err != nil:
		s.endWith(ctx, result, err)
	case compiled && s.engine.serves() && s.engine.described().Stage == "":
		s.serveEarlier(ctx, result, built, func() error { return s.engine.apply(built, s.engine.described()) })
	case compiled && s.options.Describe != nil:
		s.serveEarlier(ctx, result, built, func() error {
			service, err := s.options.Describe()
			if err != nil {
				return err
			}
			return s.serveBuild(built, service)
		})
	case compiled:
		s.describe(ctx, built, func(err error) { s.endWith(ctx, result, err) })
	default:
		service, err := describe(ctx, s.settings, built.LocalBuild, s.log())
		if err == nil {
			err = s.serveBuild(built, service)
		}
		s.endWith(ctx, result, err)
	}
}

// serveEarlier serves a build by an earlier description, and has the build describe itself.
func (s *session) serveEarlier(ctx context.Context, result rebuild.Result, built build, serve func() error) {
	err := serve()
	s.endWith(ctx, result, err)
	if err == nil {
		s.describe(ctx, built, s.described)
	}
}

// log returns the log of a description. At first, a program may have to be compiled with all that it imports.
func (s *session) log() *logrus.Logger {
	if s.engine.serves() {
		return s.quiet
	}
	return s.options.Log
}

// endWith is as end, with an error or without one. An error that is due to the end of ctx is no result.
func (s *session) endWith(ctx context.Context, result rebuild.Result, err error) {
	switch {
	case err == nil:
		s.end(result, nil)
	case ctx.Err() == nil:
		s.end(result, rebuild.ProblemsOf(err, s.dir))
	}
}

// end records the end of a build, and reports it.
func (s *session) end(result rebuild.Result, problems []rebuild.Problem) {
	s.engine.history.Update(s.building, func(entry *history.Entry) {
		entry.Build.State, entry.Build.Duration = history.Succeeded, result.Took
		if len(problems) > 0 {
			entry.Build.State, entry.Build.Problems = history.Failed, recorded(problems, s.dir)
		}
	})
	s.building = ""
	var err error
	switch {
	case len(problems) > 0:
		err = errors.New(problems[0].Message)
		report(s.options.Log, problems, s.dir, s.engine.serves())
	case len(result.Changed) > 0:
		s.options.Log.WithFields(logrus.Fields{progress.Step: "rebuilt", progress.Took: result.Took}).
			Info(list(shown(result.Changed, s.dir)))
	}
	s.engine.end(err)
}

// withPython finds the interpreter of a build.
func (s *session) withPython(ctx context.Context, local spartamage.LocalBuild) (build, error) {
	if runtime := local.Artifact.Python; s.runtime != runtime {
		python, err := interpreter.Find(ctx, runtime)
		if err != nil {
			return build{LocalBuild: local}, err
		}
		s.runtime, s.python = runtime, python
		if s.options.debug {
			s.options.Log.WithField(progress.Step, "debug").Info(debugAdvice(python.Path))
		}
	}
	return build{local, s.python, cacheOf(local)}, nil
}

// describe describes the service of a build in the background and serves it. Then it calls done, unless endDescription
// has been called.
func (s *session) describe(ctx context.Context, built build, done func(error)) {
	ctx, cancel := context.WithCancel(ctx)
	settings, log, ended := s.settings, s.log(), make(chan struct{})
	s.endDescription = sync.OnceFunc(func() {
		cancel()
		<-ended
	})
	go func() {
		defer close(ended)
		service, err := describe(ctx, settings, built.LocalBuild, log)
		switch {
		case process.IsInterrupted(err):
			<-ctx.Done() // Ctrl-C reaches a program that this one has started at the same time
		case err != nil:
			pause(ctx, untilNoticed) // the files may be changing, which ends this description
		}
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = s.serveBuild(built, service)
		}
		done(err)
	}()
}

// untilNoticed is how long it may take until a change is noticed.
const untilNoticed = time.Second

// pause waits for a while or for the end of ctx.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// described reports that a build serves what the one before it has described.
func (s *session) described(err error) {
	if err != nil {
		s.options.Log.Errorf("the service's description is the one before the change: %v", err)
	}
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
