package functions

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/go-sparta/sparta/bench/internal/measure"
	"github.com/go-sparta/sparta/bench/internal/peers"
	"github.com/go-sparta/sparta/bench/internal/report"
	"github.com/go-sparta/sparta/bench/internal/session"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// eventFiles has AWS's events without bodies, and index.py, which handles them as bench/apps/work does.
//
//go:embed events edge/event.json
var eventFiles embed.FS

// eventType is a type of package events of aws-lambda-go, which events are decoded into.
type eventType struct {
	name      string
	handler   string // of both applications
	size      string
	bytes     int     // of the event, by the bodies in it; 0 means that the file's stay as they are
	records   int     // how many of them are in the event; 0 means that the file is the event
	python    float64 // the bound, as a multiple of a Python handler's time
	bootstrap float64 // the bound, as a multiple of an ordinary bootstrap's time
	others    bool    // also beside what people use instead
}

// The bounds of events from 40 KB on.
const (
	ofPython    = 0.50
	ofBootstrap = 0.60
)

func eventTypes() []eventType {
	return []eventType{
		{name: "APIGatewayProxyRequest", handler: "proxy", size: "2 KB", bytes: 2 << 10, python: 0.90, others: true},
		{"APIGatewayProxyRequest", "proxy", "40 KB", 40 << 10, 0, ofPython, ofBootstrap, true},
		{"APIGatewayProxyRequest", "proxy", "250 KB", 250 << 10, 0, ofPython, ofBootstrap, false},
		{name: "APIGatewayV2HTTPRequest", handler: "http", size: "2 KB", bytes: 2 << 10, python: 0.90},
		{"APIGatewayV2HTTPRequest", "http", "40 KB", 40 << 10, 0, ofPython, ofBootstrap, false},
		{name: "SQSEvent of 10 messages", handler: "queue", size: "7 KB", bytes: 7 << 10, records: 10},
		{"SQSEvent of 10 messages", "queue", "45 KB", 45 << 10, 10, ofPython, ofBootstrap, false},
		{"SQSEvent of 10 messages", "queue", "105 KB", 105 << 10, 10, ofPython, ofBootstrap, false},
		{"SQSEvent of 10 messages", "queue", "255 KB", 255 << 10, 10, ofPython, ofBootstrap, false},
		// Times, values of DynamoDB and S3's objects have types that decode themselves with encoding/json. The bridge
		// decodes them without their methods.
		{name: "KinesisEvent of 100 records", handler: "stream", size: "67 KB", records: 100},
		{name: "DynamoDBEvent of 50 records", handler: "table", size: "34 KB", records: 50},
		{name: "S3Event", handler: "objects", size: "1 KB"},
		{name: "CloudFront's OriginRequestEvent", handler: "origin", size: "1 KB"},
	}
}

// Events measures handlers of AWS's event types beside Python handlers that do the same with the same events, and
// beside the same handlers as an ordinary executable. Some are measured beside the other peers as well.
func Events(ctx context.Context, s *session.Session) error {
	json := s.JSONModule(ctx)
	for _, kind := range eventTypes() {
		functions, err := eventFunctions(ctx, s, kind.handler)
		if err != nil {
			return err
		}
		if kind.others {
			others, err := otherPeers(ctx, s, kind.handler)
			if err != nil {
				return err
			}
			each := func(one function) bool { return one.name == peers.Each } // it says nothing new here
			functions = append(functions, slices.DeleteFunc(others, each)...)
			alone, err := peers.ClientAlone(s)
			if err != nil {
				return err
			}
			functions = append(functions, function{alone.Name, alone.Options})
		}
		if err := eventRace(ctx, s, kind, functions, json); err != nil {
			return fmt.Errorf("%s of %s: %w", kind.name, kind.size, err)
		}
	}
	return nil
}

// eventFunctions returns handlers of an event in Python, in Go in Python, and as a bootstrap.
func eventFunctions(ctx context.Context, s *session.Session, handler string) ([]function, error) {
	python, err := writeEventHandlers(s)
	if err != nil {
		return nil, err
	}
	stage, err := s.Stage(ctx, "events")
	if err != nil {
		return nil, err
	}
	executable, err := s.Executable(ctx, "events")
	env, command := []string{"EVENT=" + handler}, []string{executable}
	return []function{
		{"Python", lambdaruntime.Options{Dir: python, Handler: "index." + handler}},
		{"Go", lambdaruntime.Options{Dir: stage, Handler: "index.handler", Env: env}},
		{"bootstrap", lambdaruntime.Options{Dir: python, Handler: "bootstrap", Command: command, Env: env}},
	}, err
}

// writeEventHandlers writes the handlers in Python, and returns their folder.
func writeEventHandlers(s *session.Session) (string, error) {
	dir := filepath.Join(s.Scratch, "events-python")
	source, err := eventFiles.ReadFile("events/index.py")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return dir, os.WriteFile(filepath.Join(dir, "index.py"), source, 0o644)
}

func eventRace(
	ctx context.Context, s *session.Session, kind eventType, functions []function, jsonModule string,
) error {
	event, err := kind.newEvent()
	if err != nil {
		return err
	}
	const times = 25
	racers, end, err := contenders(ctx, s, functions, event, times)
	defer end()
	if err != nil {
		return err
	}
	if err := measure.WarmUp(ctx, 6, racers...); err != nil { // afterwards, memory has its final size
		return err
	}
	if err := measure.Race(ctx, s.Pick(60, 12), racers...); err != nil {
		return err
	}
	if s.Client != session.Embedded {
		kind.python, kind.bootstrap = 0, 0 // the bounds are for the embedded client: see docs/benchmarks.md
	}
	what := fmt.Sprintf("%s, %s, %s", kind.name, kind.size, jsonModule)
	s.Add("events", what, report.Compare(racers[1], racers[0], kind.python))
	s.Add("events", what, report.Compare(racers[1], racers[2], kind.bootstrap))
	for _, other := range racers[3:] {
		s.Add("events", what, report.Compare(racers[1], other, 0))
		if other.Name == peers.Client {
			s.Add("events", other.Name+", "+what, report.Compare(other, racers[0], 0))
			s.Add("events", other.Name+", "+what, report.Compare(other, racers[2], 0))
		}
	}
	return nil
}

// contenders starts functions and returns what invokes them a few times in a row. All but the client alone must answer
// the event with the same JSON. The end closes them; it is to be called with an error as well.
func contenders(
	ctx context.Context, s *session.Session, functions []function, event []byte, times int,
) (racers []*measure.Contender, end func(), err error) {
	var started []*lambdaruntime.Process
	end = func() {
		for _, p := range started {
			_ = p.Close()
		}
	}
	var want any
	for i, one := range functions {
		p, err := s.Start(ctx, one.Options)
		if err != nil {
			return nil, end, err
		}
		started = append(started, p)
		response, err := session.Invoke(ctx, p, event)
		if err != nil {
			return nil, end, fmt.Errorf("%s: %w", one.name, err)
		}
		var got any
		if err := json.Unmarshal(response.Payload, &got); err != nil {
			return nil, end, fmt.Errorf("%s: %w", one.name, err)
		}
		if got = withoutNull(got); i == 0 {
			want = got
		} else if one.name != peers.Client && !reflect.DeepEqual(got, want) {
			return nil, end, fmt.Errorf("%s answers otherwise than %s: %.300s", one.name, functions[0].name,
				response.Payload)
		}
		c := &measure.Contender{Name: one.name, Run: burst(p, event, times, &measure.Contender{}), Each: times}
		session.Watch(c, p)
		racers = append(racers, c)
	}
	return racers, end, nil
}
