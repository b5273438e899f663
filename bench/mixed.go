package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/go-sparta/sparta/bench/randomevent"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

//go:embed mixed/app.py
var mixedModule []byte

// maxCall is the bound of a call of Go from a Python handler, as a multiple of the same function as the handler.
const maxCall = 1.3

// mixed measures what it costs to call Go from a handler in Python, and from which size on a loop in Go is faster.
func mixed(ctx context.Context, s *session) error {
	for _, app := range []string{"echoany", "echorawmessage"} {
		name := map[string]string{"echoany": "any", "echorawmessage": "RawMessage"}[app]
		stage, err := s.mixedStage(ctx, app)
		if err != nil {
			return err
		}
		for _, kind := range randomevent.Kinds() {
			if err := s.calls(ctx, stage, name, kind); err != nil {
				return fmt.Errorf("%s: %w", app, err)
			}
		}
	}
	return s.hotLoop(ctx)
}

// calls compares handlers in Python that call a function in Go with the function as the handler.
func (s *session) calls(ctx context.Context, stage, name string, kind randomevent.Kind) error {
	event, err := kind.Event(1 << 10)
	if err != nil {
		return err
	}
	module, limits := s.jsonModule(ctx), map[string]float64{"app.echo": maxCall}
	for _, handler := range []string{"app.echo", "app.read"} {
		call, direct, err := s.duel(ctx, stage, event, [2]string{handler, "index.handler"}, 50)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("index.handler from %s, %s, 1 KB of %s, %s", handler, name, kind.Name, module)
		s.add("mixed", what, call.against(direct, limits[handler]))
	}
	return nil
}

// hotLoop compares a loop in Go with the same in Python, for inputs that grow.
func (s *session) hotLoop(ctx context.Context) error {
	stage, err := s.mixedStage(ctx, "mixed")
	if err != nil {
		return err
	}
	for _, points := range []int{2, 4, 8, 16, 32, 64, 256, 1024} {
		event, err := newPoints(points)
		if err != nil {
			return err
		}
		burst := max(1, min(50, 20000/points/points))
		inGo, inPython, err := s.duel(ctx, stage, event, [2]string{"app.go", "app.python"}, burst)
		if err != nil {
			return fmt.Errorf("%d points: %w", points, err)
		}
		s.add("mixed", fmt.Sprintf("distances between %d points, called in Go", points), inGo.against(inPython, 0))
	}
	return nil
}

// newPoints returns an event with points, the same in every run.
func newPoints(n int) ([]byte, error) {
	random := rand.New(rand.NewPCG(1, 2))
	points := make([][2]float64, n)
	for i := range points {
		points[i] = [2]float64{math.Round(random.Float64()*1e6) / 1e3, math.Round(random.Float64()*1e6) / 1e3}
	}
	return json.Marshal(map[string]any{"points": points})
}

// mixedStage builds an application and adds the Python module.
func (s *session) mixedStage(ctx context.Context, app string) (string, error) {
	stage, err := s.module.build(ctx, app)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(s.scratch, app+"-mixed")
	if err := os.CopyFS(dir, os.DirFS(stage)); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "app.py"), mixedModule, 0o644)
}

// duel lets two handlers of a package answer the same events in turns. Their answers must be the same JSON.
func (s *session) duel(
	ctx context.Context, stage string, event []byte, handlers [2]string, times int,
) (first, second *contender, err error) {
	var racers [2]*contender
	var answers [2][]byte
	for i, handler := range handlers {
		p, err := s.start(ctx, lambdaruntime.Options{Dir: stage, Handler: handler})
		if err != nil {
			return nil, nil, err
		}
		defer p.Close()
		response, err := invoke(ctx, p, event)
		if err != nil {
			return nil, nil, err
		}
		if answers[i], err = rounded(response.Payload); err != nil {
			return nil, nil, err
		}
		racers[i] = &contender{name: handler, run: burst(p, event, times, &contender{})}
	}
	if !bytes.Equal(answers[0], answers[1]) {
		return nil, nil, fmt.Errorf("%s answers %.200s, %s answers %.200s", handlers[0], answers[0], handlers[1],
			answers[1])
	}
	if err := race(ctx, 6, racers[:]...); err != nil { // afterwards, memory has its final size
		return nil, nil, err
	}
	racers[0].times, racers[1].times = nil, nil
	return racers[0], racers[1], race(ctx, s.pick(60, 12), racers[:]...)
}

// rounded returns the JSON without the last digits of a sum, in which Go's and Python's math differ.
func rounded(payload []byte) ([]byte, error) {
	var value any
	if err := json.Unmarshal(payload, &value); err != nil {
		return nil, err
	}
	if object, ok := value.(map[string]any); ok {
		if sum, ok := object["sum"].(float64); ok {
			object["sum"] = math.Round(sum)
		}
	}
	return json.Marshal(value)
}
