package functions

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

	"github.com/otiai10/copy"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/randomevent"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

//go:embed mixed/app.py
var mixedModule []byte

// maxCall is the bound of a call of Go from a Python handler, as a multiple of the same function as the handler.
const maxCall = 1.3

// Mixed measures what it costs to call Go from a handler in Python, and from which size on a loop in Go is faster.
func Mixed(ctx context.Context, s *session.Session) error {
	for _, app := range []string{"echoany", "echorawmessage"} {
		name := map[string]string{"echoany": "any", "echorawmessage": "RawMessage"}[app]
		stage, err := mixedStage(ctx, s, app)
		if err != nil {
			return err
		}
		for _, kind := range randomevent.Kinds() {
			if err := calls(ctx, s, stage, name, kind); err != nil {
				return fmt.Errorf("%s: %w", app, err)
			}
		}
	}
	return hotLoop(ctx, s)
}

// calls compares handlers in Python that call a function in Go with the function as the handler.
func calls(ctx context.Context, s *session.Session, stage, name string, kind randomevent.Kind) error {
	event, err := kind.Event(1 << 10)
	if err != nil {
		return err
	}
	module, limits := s.JSONModule(ctx), map[string]float64{"app.echo": maxCall}
	for _, handler := range []string{"app.echo", "app.read"} {
		call, direct, err := duel(ctx, s, stage, event, [2]string{handler, "index.handler"}, 50)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("index.handler from %s, %s, 1 KB of %s, %s", handler, name, kind.Name, module)
		s.Add("mixed", what, report.Compare(call, direct, limits[handler]))
	}
	return nil
}

// hotLoop compares a loop in Go with the same in Python, for inputs that grow.
func hotLoop(ctx context.Context, s *session.Session) error {
	stage, err := mixedStage(ctx, s, "mixed")
	if err != nil {
		return err
	}
	for _, points := range []int{2, 4, 8, 16, 32, 64, 256, 1024} {
		event, err := newPoints(points)
		if err != nil {
			return err
		}
		burst := max(1, min(50, 20000/points/points))
		inGo, inPython, err := duel(ctx, s, stage, event, [2]string{"app.go", "app.python"}, burst)
		if err != nil {
			return fmt.Errorf("%d points: %w", points, err)
		}
		what := fmt.Sprintf("distances between %d points, called in Go", points)
		s.Add("mixed", what, report.Compare(inGo, inPython, 0))
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
func mixedStage(ctx context.Context, s *session.Session, app string) (string, error) {
	stage, err := s.Stage(ctx, app)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(s.Scratch, app+"-mixed")
	if err := copy.Copy(stage, dir); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "app.py"), mixedModule, 0o644)
}

// duel lets two handlers of a package answer the same events in turns. Their answers must be the same JSON.
func duel(
	ctx context.Context, s *session.Session, stage string, event []byte, handlers [2]string, times int,
) (first, second *measure.Contender, err error) {
	var racers [2]*measure.Contender
	var answers [2][]byte
	for i, handler := range handlers {
		p, err := s.Start(ctx, lambdaruntime.Options{Dir: stage, Handler: handler})
		if err != nil {
			return nil, nil, err
		}
		defer p.Close()
		response, err := session.Invoke(ctx, p, event)
		if err != nil {
			return nil, nil, err
		}
		if answers[i], err = rounded(response.Payload); err != nil {
			return nil, nil, err
		}
		racers[i] = &measure.Contender{Name: handler, Run: burst(p, event, times, &measure.Contender{}), Each: times}
		session.Watch(racers[i], p)
	}
	if !bytes.Equal(answers[0], answers[1]) {
		return nil, nil, fmt.Errorf("%s answers %.200s, %s answers %.200s", handlers[0], answers[0], handlers[1],
			answers[1])
	}
	if err := measure.WarmUp(ctx, 6, racers[:]...); err != nil { // afterwards, memory has its final size
		return nil, nil, err
	}
	return racers[0], racers[1], measure.Race(ctx, s.Pick(60, 12), racers[:]...)
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
