package functions

import (
	"context"
	"path/filepath"
	"time"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/peers"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/bench/internal/usage"
	"github.com/go-sparta/sparta/internal/interpreter"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// Cold measures from the start of a process to its first answer: examples/hello and a bare Python handler.
func Cold(ctx context.Context, s *session.Session) error {
	stage, err := s.Stage(ctx, "hello")
	if err != nil {
		return err
	}
	bare, err := s.Bare()
	if err != nil {
		return err
	}
	if err := coldRace(ctx, s, stage, bare, s.Python, s.JSONModule(ctx), 1.15); err != nil {
		return err
	}
	if err := coldPeers(ctx, s); err != nil {
		return err
	}
	if s.Client != session.Embedded {
		return nil // an interpreter without site-packages has no other client
	}
	// Site-packages may import modules into every Python, which slows both sides and so flatters the ratio.
	clean := filepath.Join(s.Scratch, "clean")
	_, err = s.Module.Output(ctx, "", s.Python.Path, "-m", "venv", "--without-pip", "--symlinks", clean)
	if err != nil {
		s.Say("cannot make a Python without site-packages: %v", err)
		return nil
	}
	python := interpreter.Python{Path: filepath.Join(clean, "bin", "python"), Version: s.Python.Version}
	return coldRace(ctx, s, stage, bare, python, "json, no site-packages", 0)
}

func coldRace(
	ctx context.Context, s *session.Session, stage, bare string, python interpreter.Python, json string, limit float64,
) error {
	ada := []byte(`{"name":"Ada"}`)
	hello := coldStart(s, "hello", lambdaruntime.Options{Dir: stage, Handler: "index.HelloWorld", Python: python}, ada)
	peer := coldStart(s, "bare Python", lambdaruntime.Options{Dir: bare, Handler: "index.handler", Python: python}, ada)
	least, err := peers.EmptyLibrary(ctx, s)
	if err != nil {
		return err
	}
	least.Options.Python = python
	empty := coldStart(s, least.Name, least.Options, ada)
	if err := measure.WarmUp(ctx, 2, hello, peer, empty); err != nil { // reads the files into memory
		return err
	}
	if err := measure.Race(ctx, s.Pick(101, 15), hello, peer, empty); err != nil {
		return err
	}
	s.Add("cold", "hello, spawn to first response, "+json, report.Compare(hello, peer, limit))
	if limit > 0 {
		limit = 1.05
	}
	start := " spawn to first response, " + json + ", processor time"
	s.Add("cold", "hello,"+start, report.CompareCPU(hello, peer, limit))
	s.Add("cold", "hello,"+start, report.CompareCPU(hello, empty, 0))
	s.Add("cold", empty.Name+","+start, report.CompareCPU(empty, peer, 0))
	return nil
}

// coldPeers compares an echo of json.RawMessage, as a library in Python, with echoes of all peers.
func coldPeers(ctx context.Context, s *session.Session) error {
	functions, err := echoes(ctx, s)
	if err != nil {
		return err
	}
	all, err := peers.For(ctx, s, "echo")
	if err != nil {
		return err
	}
	others := functionsOf(append(all, peers.WithSDK(ctx, s, all)...))
	python, rawMessage, bootstrap := functions[0], functions[2], functions[4]
	ours := coldStart(s, rawMessage.name, rawMessage.Options, []byte(`{}`))
	contenders := []*measure.Contender{ours}
	for _, one := range append([]function{python, bootstrap}, others...) {
		contenders = append(contenders, coldStart(s, one.name, one.Options, []byte(`{}`)))
	}
	if err := measure.WarmUp(ctx, 2, contenders...); err != nil { // reads the files into memory
		return err
	}
	if err := measure.Race(ctx, s.Pick(31, 7), contenders...); err != nil {
		return err
	}
	limits := map[string]float64{peers.SDK: 0.25, peers.Shim: 0.40} // of the processor time
	for _, one := range contenders[1:] {
		s.Add("cold", "RawMessage echo, spawn to first response", report.Compare(ours, one, 0))
		s.Add("cold", "RawMessage echo, spawn to first response, processor time",
			report.CompareCPU(ours, one, limits[one.Name]))
	}
	return nil
}

// coldStart is a contender that starts a process and waits for its first answer. The processor time is that of the
// process until then.
func coldStart(s *session.Session, name string, o lambdaruntime.Options, event []byte) *measure.Contender {
	var used time.Duration
	var peak float64
	return &measure.Contender{
		Name:   name,
		Usage:  func() time.Duration { return used },
		Memory: func() (float64, error) { return peak, nil },
		Run: func(ctx context.Context) (time.Duration, error) {
			start := time.Now()
			p, err := s.Start(ctx, o)
			if err != nil {
				return 0, err
			}
			defer p.Close()
			if _, err = session.Invoke(ctx, p, event); err != nil {
				return 0, err
			}
			took := time.Since(start)
			pid, _ := p.PID()
			used += usage.ProcessorTime(pid)
			if size, err := usage.FamilyPeak(pid); err == nil {
				peak = max(peak, size)
			}
			return took, nil
		},
	}
}
