package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-sparta/sparta/internal/soak/function"
)

// limitKind says how the memory of processes is limited.
type limitKind string

const (
	byCgroup       limitKind = "cgroup"
	byAddressSpace limitKind = "address space" // RLIMIT_AS
	unlimited      limitKind = "not limited"
)

// addressSpace is what Python and Go reserve in addition to what they use, in bytes.
const addressSpace = 4 << 30

// death says how a process ends that uses more.
func (k limitKind) death() string {
	if k == byCgroup {
		return "signal: killed"
	}
	return "signal: aborted" // Go's runtime cannot go on
}

// hog returns how much memory an event uses that is to use too much, in bytes.
func (o options) hog() int64 {
	if o.limit == byCgroup {
		return 4 * o.memory << 20
	}
	return function.Unlimited
}

// memoryLimit limits the memory of one process at a time.
type memoryLimit struct {
	kind   limitKind
	bytes  int64
	folder string // the cgroup's
}

// newMemoryLimit makes a cgroup if this machine lets it, and otherwise returns the reason and the next best limit.
func newMemoryLimit(o options, name string) (memoryLimit, error) {
	l := memoryLimit{kind: byCgroup, bytes: o.memory << 20}
	reason := errors.New("this machine has none")
	for _, parent := range cgroups() {
		folder := filepath.Join(parent, name)
		err := l.make(folder)
		if err == nil {
			l.folder = folder
			return l, nil
		}
		_ = os.Remove(folder)
		reason = err
	}
	l.kind = byAddressSpace
	if o.race { // the detector reserves terabytes
		l.kind = unlimited
	}
	return l, fmt.Errorf("no cgroup can be made: %w", reason)
}

// make makes a cgroup with the limit. Version 1 has a file for memory and one for memory and swap, which may be absent.
func (l memoryLimit) make(folder string) error {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	limit := []byte(strconv.FormatInt(l.bytes, 10))
	if _, err := os.Stat(filepath.Join(folder, "memory.limit_in_bytes")); err == nil {
		_ = l.write(folder, "memory.swappiness", []byte("0"))
		err := l.write(folder, "memory.limit_in_bytes", limit)
		_ = l.write(folder, "memory.memsw.limit_in_bytes", limit)
		return err
	}
	_ = l.write(folder, "memory.swap.max", []byte("0"))
	return l.write(folder, "memory.max", limit)
}

func (memoryLimit) write(folder, name string, content []byte) error {
	file, err := os.OpenFile(filepath.Join(folder, name), os.O_WRONLY, 0) // never made: a cgroup has its files
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

// add limits a process.
func (l memoryLimit) add(pid int) error {
	switch l.kind {
	case byCgroup:
		return l.write(l.folder, "cgroup.procs", []byte(strconv.Itoa(pid)))
	case byAddressSpace:
		return limitAddressSpace(pid, uint64(l.bytes+addressSpace))
	}
	return nil
}

// close removes the cgroup, whose processes have ended.
func (l memoryLimit) close() {
	if l.folder != "" {
		_ = os.Remove(l.folder)
	}
}

// cgroups lists folders of cgroups in which one might be made: this process's and those above it, of version 1 or 2.
func cgroups() []string {
	const root = "/sys/fs/cgroup"
	content, _ := os.ReadFile("/proc/self/cgroup")
	var found []string
	for line := range strings.Lines(string(content)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		mount := root
		switch fields[1] {
		case "memory":
			mount = filepath.Join(root, "memory")
		case "":
		default:
			continue
		}
		for at := filepath.Join(mount, fields[2]); ; at = filepath.Dir(at) {
			found = append(found, at)
			if at == mount || len(at) < len(mount) {
				break
			}
		}
	}
	return found
}
