// Package randomevent makes events that are the same in each run, of the size that a measurement needs.
package randomevent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Kind is a kind of nested JSON. How much faster Go is depends on it: see docs/benchmarks.md.
type Kind struct {
	Name   string
	record func(random *rand.Rand, n int) any // nil means no records
}

// Items are records of short values.
func Items() Kind { return Kind{"items", newItem} }

// Orders are records with long texts.
func Orders() Kind { return Kind{"orders", newOrder} }

// Text is a text without records, for which the smallest events have no room.
func Text() Kind { return Kind{Name: "text"} }

// Kinds returns all kinds with records.
func Kinds() []Kind { return []Kind{Items(), Orders()} }

// item is a record of short values, as measurements and catalogues have.
type item struct {
	ID     int      `json:"id"`
	Name   string   `json:"name"`
	Tags   []string `json:"tags"`
	Price  float64  `json:"price"`
	Active bool     `json:"active"`
	Nested nested   `json:"nested"`
}

type nested struct {
	X int   `json:"x"`
	Y []int `json:"y"`
}

func newItem(random *rand.Rand, n int) any {
	return item{
		ID:     n,
		Name:   fmt.Sprintf("item %d", n),
		Tags:   []string{"a", "b", "c"},
		Price:  math.Round(random.Float64()*1e4) / 100,
		Active: random.IntN(2) == 0,
		Nested: nested{X: n, Y: []int{1, 2, 3}},
	}
}

// Event returns a JSON document of exactly that size in bytes, the same every time.
func (k Kind) Event(size int) ([]byte, error) {
	random := rand.New(rand.NewPCG(1, uint64(size)))
	var event bytes.Buffer
	event.WriteString(`{"source":"bench","version":2,"records":[`)
	const tail = `],"note":""}`
	for n := 0; k.record != nil; n++ {
		record, err := json.Marshal(k.record(random, n))
		if err != nil {
			return nil, err
		}
		if event.Len()+len(record)+1+len(tail) > size {
			break
		}
		if n > 0 {
			event.WriteByte(',')
		}
		event.Write(record)
	}
	fmt.Fprintf(&event, `],"note":"%s"}`, strings.Repeat("x", size-event.Len()-len(tail)))
	return event.Bytes(), nil
}
