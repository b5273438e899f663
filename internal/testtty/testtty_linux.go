// Package testtty opens terminals for tests.
package testtty

import (
	"fmt"
	"os"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// Terminal is a terminal, as a program in it sees it.
type Terminal struct {
	File *os.File

	control *os.File
	ended   chan struct{}
	mu      sync.Mutex
	text    []byte
}

// Open returns a terminal with this many columns.
func Open(t *testing.T, columns int) *Terminal {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("this machine has no terminals: %v", err)
	}
	fd := int(control.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: uint16(columns)})
	}
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	terminal := &Terminal{File: file, control: control, ended: make(chan struct{})}
	go terminal.read()
	t.Cleanup(func() { terminal.Text() })
	return terminal
}

func (t *Terminal) read() {
	defer close(t.ended)
	buffer := make([]byte, 4096)
	for {
		n, err := t.control.Read(buffer)
		t.mu.Lock()
		t.text = append(t.text, buffer[:n]...)
		t.mu.Unlock()
		if err != nil { // all programs have closed the terminal
			return
		}
	}
}

// Type types a text, which a program can read from the terminal.
func (t *Terminal) Type(text string) {
	_, _ = t.control.WriteString(text) // a program that waits for it will show what is missing
}

// Text closes the terminal and returns everything that was written to it.
func (t *Terminal) Text() string {
	_ = t.File.Close() // it may be closed
	<-t.ended
	_ = t.control.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
