package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"github.com/go-sparta/sparta/internal/soak/function"
)

// content is text that the texts of events are parts of.
type content string

// maxText is the length of the longest text: with what JSON adds, its event has about 5 MB.
const maxText = 4_500_000

func newContent(seed uint64) content {
	words := []string{
		"order", "naïve ", "größe", "\"quoted\"", "<a href='x'>&amp;</a>", "back\\slash", "\n", "\t", "日本語", "🙂",
		"\u2028", "\u0001", "/", "0.1e-7", " ", "{}", "[1,2]", "\u007f", "é", "null",
	}
	random := rand.New(rand.NewPCG(seed, 0xc0ffee))
	var text strings.Builder
	for text.Len() < maxText+1<<20 {
		if random.IntN(4) == 0 {
			text.WriteString(words[random.IntN(len(words))])
		} else {
			fmt.Fprintf(&text, "%x ", random.Uint64())
		}
	}
	return content(text.String())
}

// text returns a text of about that length.
func (c content) text(random *rand.Rand, length int) string {
	length = min(length, maxText)
	from := random.IntN(len(c) - length)
	to := from + length
	for !utf8.RuneStart(c[from]) {
		from++
	}
	for to < len(c) && !utf8.RuneStart(c[to]) {
		to++
	}
	return string(c[from:to])
}

// event makes the JSON of a step's event.
func (c content) event(o options, s step) ([]byte, error) {
	random := rand.New(rand.NewPCG(o.seed^0x5eed, uint64(s.number)))
	e := function.Event{Order: function.Order{N: s.number, Act: s.act}}
	switch s.act {
	case function.Print:
		e.Size = int64(random.IntN(256<<10) + 128<<10) // more than a pipe and its reader hold
	case function.Hog:
		e.Size = o.hog()
	}
	rest := s.size - 100
	for i := range random.IntN(4) {
		title := c.text(random, 10)
		e.Items = append(e.Items, function.Item{
			ID: random.Uint32(), Title: &title, Weight: random.NormFloat64(), Ready: i%2 == 0,
			Tags: []string{"a", title},
		})
		rest -= 120
	}
	if random.IntN(4) == 0 {
		e.Names = map[string]string{c.text(random, 8): c.text(random, 20), "naïve": ""}
		e.Payload = []byte(c.text(random, 30))
		rest -= 120
	}
	e.Text = c.text(random, max(rest, 10))
	return encode(e, random.IntN(8))
}

// encode writes an event in one of the ways in which people write JSON.
func encode(e function.Event, way int) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(way%2 == 0)
	if way == 0 {
		encoder.SetIndent("", "  ")
	}
	err := encoder.Encode(e)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
