package procfs

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Memory returns how much of a process is in memory, and the most that was, in bytes. Both are 0 if it has ended.
func Memory(pid int) (now, peak int64) {
	var status [4096]byte // explore reads it after invocations
	n := read("/proc/"+strconv.Itoa(pid)+"/status", status[:])
	return kilobytes(status[:n], "\nVmRSS:") << 10, kilobytes(status[:n], "\nVmHWM:") << 10
}

// Children lists the processes that the threads of a process have started.
func Children(pid int) []int {
	tasks := "/proc/" + strconv.Itoa(pid) + "/task/"
	entries, err := os.ReadDir(tasks)
	if err != nil {
		return nil // it has ended
	}
	var children []int
	for _, entry := range entries {
		var list [4096]byte
		n := read(tasks+entry.Name()+"/children", list[:])
		for _, field := range strings.Fields(string(list[:n])) {
			if child, err := strconv.Atoi(field); err == nil {
				children = append(children, child)
			}
		}
	}
	return children
}

// read reads the beginning of a file into buffer and returns its length, 0 if it cannot be read. Files in /proc are
// read at once, so that the runtime need not watch them.
func read(name string, buffer []byte) int {
	fd, err := syscall.Open(name, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return 0
	}
	defer syscall.Close(fd)
	n, err := syscall.Read(fd, buffer)
	if err != nil {
		return 0
	}
	return n
}

// kilobytes returns the number after a name in a file like status, or 0.
func kilobytes(status []byte, name string) int64 {
	at := bytes.Index(status, []byte(name))
	if at < 0 {
		return 0
	}
	rest := bytes.TrimLeft(status[at+len(name):], " \t")
	end := bytes.IndexByte(rest, ' ')
	if end < 0 {
		return 0
	}
	n, _ := strconv.ParseInt(string(rest[:end]), 10, 64)
	return n
}
