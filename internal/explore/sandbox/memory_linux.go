package sandbox

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// residentMemory returns how much of a process is in memory, and the most that was, in bytes. Both are 0 if it has
// ended.
func residentMemory(pid int) (now, peak int64) {
	var status [4096]byte // it is read after each invocation
	n := readFile("/proc/"+strconv.Itoa(pid)+"/status", status[:])
	return kilobytes(status[:n], "\nVmRSS:") << 10, kilobytes(status[:n], "\nVmHWM:") << 10
}

// readFile reads the beginning of a file into buffer and returns its length, 0 if it cannot be read. Files in /proc
// are read at once, so that the runtime need not watch them.
func readFile(name string, buffer []byte) int {
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

// memoryOfDescendants returns how much of the processes that a process has started is in memory, in bytes.
func memoryOfDescendants(pid int) int64 {
	var sum int64
	for queue := childrenOf(pid); len(queue) > 0; queue = queue[1:] {
		now, _ := residentMemory(queue[0])
		sum += now
		queue = append(queue, childrenOf(queue[0])...)
	}
	return sum
}

// childrenOf lists the processes that the threads of a process have started.
func childrenOf(pid int) []int {
	tasks := "/proc/" + strconv.Itoa(pid) + "/task/"
	entries, err := os.ReadDir(tasks)
	if err != nil {
		return nil // it has ended
	}
	var children []int
	for _, entry := range entries {
		var list [4096]byte
		n := readFile(tasks+entry.Name()+"/children", list[:])
		for _, field := range strings.Fields(string(list[:n])) {
			if child, err := strconv.Atoi(field); err == nil {
				children = append(children, child)
			}
		}
	}
	return children
}
