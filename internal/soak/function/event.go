// Package function is what the soak invokes: the same handlers run in the library, in Python's process, and in the
// program that checks the answers, under aws-lambda-go alone.
package function

// Act is what an event makes the function do.
type Act string

// The acts. The function answers after those up to Print and Probe.
const (
	Echo  Act = "echo"  // answer
	Print Act = "print" // print Size bytes and answer
	Probe Act = "probe" // collect garbage and answer with Usage
	Fail  Act = "fail"  // return an error
	Panic Act = "panic" // panic, which ends the process
	Hang  Act = "hang"  // never return
	Wait  Act = "wait"  // write Waiting to standard error and never return
	Hog   Act = "hog"   // use more memory than there is
)

// Order is the part of an event that every handler reads.
type Order struct {
	N    int64 `json:"n"`
	Act  Act   `json:"act"`
	Size int64 `json:"size,omitempty"` // bytes to print or to use
}

// Event has a value of each kind that JSON and Go have in common.
type Event struct {
	Order
	Text    string            `json:"text"`
	Items   []Item            `json:"items,omitempty"`
	Names   map[string]string `json:"names,omitempty"`
	Payload []byte            `json:"payload,omitempty"`
}

// Item is a part of an event.
type Item struct {
	ID     uint32   `json:"id"`
	Title  *string  `json:"title"`
	Weight float64  `json:"weight"`
	Ready  bool     `json:"ready"`
	Tags   []string `json:"tags"`
}

// Usage is the answer to Probe.
type Usage struct {
	Heap       uint64 // bytes of objects that are in use after a garbage collection
	Goroutines int
}
