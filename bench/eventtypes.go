package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"

	"github.com/go-sparta/sparta/bench/randomevent"
	"github.com/go-sparta/sparta/internal/lambdaruntime"
)

// eventFiles has AWS's events without bodies, and index.py, which handles them as bench/apps/events does.
//
//go:embed events
var eventFiles embed.FS

// eventType is a type of package events of aws-lambda-go, which is decoded into its struct by encoding/json.
type eventType struct {
	name    string
	handler string // of both applications
	size    string
	bytes   int // of the event; 0 means as it is
	records int // how many of them are in the event; 0 means that the file is the event
}

func eventTypes() []eventType {
	return []eventType{
		{name: "APIGatewayProxyRequest", handler: "proxy", size: "2 KB", bytes: 2 << 10},
		{name: "APIGatewayProxyRequest", handler: "proxy", size: "40 KB", bytes: 40 << 10},
		{name: "APIGatewayV2HTTPRequest", handler: "http", size: "2 KB", bytes: 2 << 10},
		{name: "APIGatewayV2HTTPRequest", handler: "http", size: "40 KB", bytes: 40 << 10},
		{name: "SQSEvent of 10 messages", handler: "queue", size: "10 KB", bytes: 10 << 10, records: 10},
		{name: "S3Event", handler: "objects", size: "0.7 KB"},
	}
}

// eventTimes measures handlers of AWS's event types beside Python handlers that do the same with the same events, and
// beside the same main.go as an ordinary executable.
func eventTimes(ctx context.Context, s *session) error {
	python := filepath.Join(s.scratch, "events-python")
	source, err := eventFiles.ReadFile("events/index.py")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(python, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(python, "index.py"), source, 0o644); err != nil {
		return err
	}
	stage, err := s.module.build(ctx, "events")
	if err != nil {
		return err
	}
	executable, err := s.executable(ctx, "events")
	if err != nil {
		return err
	}
	json := s.jsonModule(ctx)
	for _, kind := range eventTypes() {
		env := []string{"EVENT=" + kind.handler}
		functions := []lambdaruntime.Options{
			{Dir: python, Handler: "index." + kind.handler},
			{Dir: stage, Handler: "index.handler", Env: env},
			{Dir: stage, Handler: "bootstrap", Command: []string{executable}, Env: env},
		}
		if err := s.eventRace(ctx, kind, functions, json); err != nil {
			return fmt.Errorf("%s of %s: %w", kind.name, kind.size, err)
		}
	}
	return nil
}

func (s *session) eventRace(
	ctx context.Context, kind eventType, functions []lambdaruntime.Options, jsonModule string,
) error {
	event, err := kind.newEvent()
	if err != nil {
		return err
	}
	racers := make([]*contender, len(functions))
	var want any
	for i, o := range functions {
		p, err := s.start(ctx, o)
		if err != nil {
			return err
		}
		defer p.Close()
		c := &contender{name: []string{"Python", "Go", "bootstrap"}[i]}
		response, err := invoke(ctx, p, event)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		var got any
		if err := json.Unmarshal(response.Payload, &got); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if got = withoutNull(got); i == 0 {
			want = got
		} else if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("%s answers otherwise than Python: %.300s", c.name, response.Payload)
		}
		c.run = burst(p, event, 25, &contender{})
		racers[i] = c
	}
	if err := race(ctx, 6, racers...); err != nil { // afterwards, memory has its final size
		return err
	}
	for _, c := range racers {
		c.times = nil
	}
	if err := race(ctx, s.pick(60, 12), racers...); err != nil {
		return err
	}
	what := fmt.Sprintf("%s, %s, %s", kind.name, kind.size, jsonModule)
	s.add("events", what, racers[1].against(racers[0], 0))
	s.add("events", what, racers[1].against(racers[2], 0))
	return nil
}

// newEvent returns an event with bodies of JSON that make it as large as it has to be, give or take a few bytes.
func (k eventType) newEvent() ([]byte, error) {
	content, err := eventFiles.ReadFile("events/" + k.handler + ".json")
	if err != nil || k.bytes == 0 {
		return content, err
	}
	var record map[string]any
	if err := json.Unmarshal(content, &record); err != nil {
		return nil, err
	}
	each := k.bytes / max(1, k.records)
	withBody := func(size int) (full []byte, err error) {
		body, err := randomevent.Orders().Event(size)
		if err != nil {
			return nil, err
		}
		record["body"] = string(body)
		return json.Marshal(record)
	}
	// The quotes of a body are escaped, so how much larger it makes the event has to be tried.
	const least = 100
	larger := sort.Search(each-least, func(more int) bool {
		full, err := withBody(least + more + 1)
		return err != nil || len(full) > each
	})
	full, err := withBody(least + larger)
	if err != nil || k.records == 0 {
		return full, err
	}
	return json.Marshal(map[string]any{"Records": slices.Repeat([]any{record}, k.records)})
}

// withoutNull leaves out what aws-lambda-go writes for the fields of a response that a handler does not set.
func withoutNull(answer any) any {
	fields, isObject := answer.(map[string]any)
	for name, value := range fields {
		if value == nil {
			delete(fields, name)
		}
	}
	if isObject {
		return fields
	}
	return answer
}
