package work

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
)

const (
	line   = "2026-11-27T10:15:00Z INFO request=42 user=ada@example.com took 17 ms, answered 200\n"
	record = `{"id":1,"name":"café","tags":["a","b"],"price":9.75,"paid":true},`
)

// text and documents are 1 MB each, the same as in bench/internal/functions/events/index.py.
var (
	text      = strings.Repeat(line, 12800)[:1<<20]
	documents = "[" + strings.Repeat(record, 15500) + `{"id":2,"name":"","tags":[],"price":0,"paid":false}]`
)

var mail = regexp.MustCompile(`[a-z]+@[a-z]+\.com`)

type event struct {
	Times int `json:"times"`
}

// each does something a number of times, and answers with the last result.
func each[T any](do func() (T, error)) func(event) (T, error) {
	return func(e event) (result T, err error) {
		for range e.Times {
			if result, err = do(); err != nil {
				return result, err
			}
		}
		return result, nil
	}
}

func hash() (string, error) {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:]), nil
}

// compress answers whether the text has become much smaller: implementations differ in how much.
func compress() (bool, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, 6)
	if err != nil {
		return false, err
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return false, err
	}
	return b.Len() < len(text)/20, w.Close()
}

// document is what the JSON has.
type document struct {
	ID    int      `json:"id"`
	Name  string   `json:"name"`
	Tags  []string `json:"tags"`
	Price float64  `json:"price"`
	Paid  bool     `json:"paid"`
}

// transform decodes the documents, changes the price and the tags of each, and encodes them.
func transform() (int, error) {
	var all []document
	if err := json.Unmarshal([]byte(documents), &all); err != nil {
		return 0, err
	}
	for i := range all {
		all[i].Price *= 2
		all[i].Tags = append(all[i].Tags, "c")
	}
	encoded, err := json.Marshal(all)
	if len(encoded) < len(documents) {
		return 0, err
	}
	return len(all), err
}

func search() (int, error) { return len(mail.FindAllStringIndex(text, -1)), nil }
