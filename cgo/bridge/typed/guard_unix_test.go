//go:build unix

package typed

import (
	"os"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// TestNothingIsReadPastTheEnd has texts end where memory ends: a read past it would end the process.
func TestNothingIsReadPastTheEnd(t *testing.T) {
	page := os.Getpagesize()
	const protection, flags = syscall.PROT_READ | syscall.PROT_WRITE, syscall.MAP_ANON | syscall.MAP_PRIVATE
	memory, err := syscall.Mmap(-1, 0, 2*page, protection, flags)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Munmap(memory) }()
	if err := syscall.Mprotect(memory[page:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	decoding := decodePlansOf(reflect.TypeOf(""))
	encoding := &encodePlans{}
	for length := range 300 {
		for _, piece := range []string{"a", `\"`, `\\`} {
			text := strings.Repeat(piece, length)
			event := memory[page-len(text)-2 : page]
			copy(event, `"`+text+`"`)
			if _, ok := decoding.value(event); !ok {
				t.Fatalf("%s is left to encoding/json", event)
			}
			if answer := encoding.encode(unsafe.String(&event[0], len(event))); answer == nil {
				t.Fatalf("%q is left to encoding/json", event)
			} else if err := answer.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}
