// Package trigger turns what people type or drop into the event that a source sends: a message of a queue, a file in a
// bucket, a schedule that fires now. It changes the source's sample event, which has the service's own names.
package trigger

import (
	"bytes"
	"crypto/md5" // SQS and S3 describe contents with it
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// Kind is what people provide for the event of a source.
type Kind string

// The kinds. None means that there is only the sample.
const (
	None Kind = ""
	Text Kind = "text" // a message
	File Kind = "file"
	Time Kind = "time" // nothing: the event has the present time
)

// Input is what somebody has typed or dropped.
type Input struct {
	Content io.Reader // of the message or file
	Key     string    // of the file in its bucket
	Now     time.Time
	ID      string // of the message or event
}

// object is a JSON object.
type object = map[string]any

// source makes the event of a kind of source.
type source struct {
	kind Kind
	fill func(event object, input Input) error
}

// KindOf returns what people provide for the event of a source. Sources have the names of their sample events.
func KindOf(name string) Kind { return sourceNamed(name).kind }

func sourceNamed(name string) source {
	switch name {
	case "sqs":
		return source{Text, queue}
	case "sns":
		return source{Text, topic}
	case "kinesis":
		return source{Text, stream}
	case "eventbridge":
		return source{Text, bus}
	case "s3":
		return source{File, bucket}
	case "schedule":
		return source{Time, schedule}
	}
	return source{}
}

// Event returns the event of a source, made from its sample event.
func Event(name string, sample []byte, input Input) ([]byte, error) {
	source := sourceNamed(name)
	if source.kind == None {
		return nil, fmt.Errorf("events of %s cannot be made from a text or a file: change the sample event", name)
	}
	var event object
	decoder := json.NewDecoder(bytes.NewReader(sample))
	decoder.UseNumber()
	if err := decoder.Decode(&event); err != nil {
		return nil, fmt.Errorf("read the sample event of %s: %w", name, err)
	}
	if err := source.fill(event, input); err != nil {
		return nil, fmt.Errorf("make an event of %s: %w", name, err)
	}
	return plainjson.Marshal(event)
}

var errSample = errors.New("the sample event does not have the expected form")

// only returns the first record of an event, and removes the others.
func only(event object) (object, error) {
	records, _ := event["Records"].([]any)
	if len(records) == 0 {
		return nil, errSample
	}
	record, isObject := records[0].(object)
	if !isObject {
		return nil, errSample
	}
	event["Records"] = records[:1]
	return record, nil
}

// inside returns an object within an object.
func inside(outer object, name string) (object, error) {
	inner, isObject := outer[name].(object)
	if !isObject {
		return nil, errSample
	}
	return inner, nil
}

func queue(event object, input Input) error {
	message, err := only(event)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(input.Content)
	if err != nil {
		return err
	}
	attributes, err := inside(message, "attributes")
	if err != nil {
		return err
	}
	now := strconv.FormatInt(input.Now.UnixMilli(), 10)
	attributes["SentTimestamp"], attributes["ApproximateFirstReceiveTimestamp"] = now, now
	sum := md5.Sum(body)
	message["messageId"], message["body"], message["md5OfBody"] = input.ID, string(body), hex.EncodeToString(sum[:])
	return nil
}

func topic(event object, input Input) error {
	record, err := only(event)
	if err != nil {
		return err
	}
	message, err := inside(record, "Sns")
	if err != nil {
		return err
	}
	text, err := io.ReadAll(input.Content)
	if err != nil {
		return err
	}
	message["MessageId"], message["Message"] = input.ID, string(text)
	message["Timestamp"] = input.Now.UTC().Format("2006-01-02T15:04:05.000Z")
	return nil
}

func stream(event object, input Input) error {
	record, err := only(event)
	if err != nil {
		return err
	}
	data, err := inside(record, "kinesis")
	if err != nil {
		return err
	}
	content, err := io.ReadAll(input.Content)
	if err != nil {
		return err
	}
	data["data"] = base64.StdEncoding.EncodeToString(content)
	data["approximateArrivalTimestamp"] = float64(input.Now.UnixMilli()) / 1000
	return nil
}

func bus(event object, input Input) error {
	content, err := io.ReadAll(input.Content)
	if err != nil {
		return err
	}
	var detail json.RawMessage
	if err := json.Unmarshal(content, &detail); err != nil || !strings.HasPrefix(string(bytes.TrimSpace(detail)), "{") {
		return errors.New("its detail must be a JSON object")
	}
	event["detail"] = detail
	return schedule(event, input)
}

func schedule(event object, input Input) error {
	event["id"], event["time"] = input.ID, input.Now.UTC().Format(time.RFC3339)
	return nil
}

func bucket(event object, input Input) error {
	record, err := only(event)
	if err != nil {
		return err
	}
	details, err := inside(record, "s3")
	if err != nil {
		return err
	}
	stored, err := inside(details, "object")
	if err != nil {
		return err
	}
	sum := md5.New()
	size, err := io.Copy(sum, input.Content)
	if err != nil {
		return err
	}
	// S3 escapes keys as in forms, except for slashes.
	stored["key"] = strings.ReplaceAll(url.QueryEscape(input.Key), "%2F", "/")
	stored["size"], stored["eTag"] = size, hex.EncodeToString(sum.Sum(nil))
	record["eventTime"] = input.Now.UTC().Format("2006-01-02T15:04:05.000Z")
	return nil
}
