package function

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// Trouble is the error of events that fail.
type Trouble struct{ N int64 }

// Error implements error.
func (t *Trouble) Error() string {
	return fmt.Sprintf("told to fail at %d: \"naïve\" <&>\n\u2028", t.N)
}

// PanicMessage is what an event makes the function panic with.
func PanicMessage(n int64) string { return fmt.Sprintf("told to panic at %d: \u2029</script>", n) }

// Waiting is the line on standard error of an event that waits for a signal.
func Waiting(n int64) string { return fmt.Sprintf("soak: waiting at %d\n", n) }

// LineLength is that of a printed line, in bytes.
const LineLength = 128

// Line is what an event prints again and again.
func Line(n int64) string {
	begin := fmt.Sprintf("soak: printed at %d ", n)
	return begin + strings.Repeat("=", LineLength-len(begin)-1) + "\n"
}

// obey does what an event says. It returns an error if the event is to fail.
func (f Function) obey(o Order) (*Usage, error) {
	switch o.Act {
	case Print:
		line := []byte(Line(o.N))
		for printed := int64(0); printed < o.Size; printed += LineLength {
			if _, err := f.Stdout.Write(line); err != nil {
				return nil, err
			}
		}
	case Probe:
		runtime.GC() // what is pooled survives the first collection
		debug.FreeOSMemory()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return &Usage{Heap: stats.HeapAlloc, Goroutines: runtime.NumGoroutine()}, nil
	case Fail:
		return nil, &Trouble{o.N}
	case Panic:
		panic(PanicMessage(o.N))
	case Wait:
		fmt.Fprint(f.Stderr, Waiting(o.N))
		time.Sleep(time.Hour)
	case Hang:
		time.Sleep(time.Hour)
	case Hog:
		hog(o.Size)
	case Echo:
	}
	return nil, nil
}

// Unlimited is more than any machine has: a process whose address space is limited ends when it asks for so much.
const Unlimited = 1 << 44

// hog uses that many bytes, page by page. If it returns, nothing has limited it.
func hog(size int64) {
	const chunk = 8 << 20
	if size >= Unlimited {
		runtime.KeepAlive(make([]byte, size))
		return
	}
	var held [][]byte
	for used := int64(0); used < size; used += chunk {
		block := make([]byte, chunk)
		for at := 0; at < len(block); at += 4096 {
			block[at] = 1
		}
		held = append(held, block)
	}
	runtime.KeepAlive(held)
}
