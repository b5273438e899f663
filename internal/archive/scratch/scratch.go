// Package scratch names temporary files and folders that are renamed when they are complete, and removes those
// of killed processes. They are in the folder of the final path, so that the rename stays within one file
// system.
package scratch

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// suffix ends every name, after ".<base>.<pid>.<random>".
const suffix = ".tmp"

// maxAge is the age from which a file is removed even if its process ID is in use, because IDs are reused.
const maxAge = time.Hour

// Path returns a new temporary name beside path that belongs to this process. It creates nothing.
func Path(path string) string {
	name := fmt.Sprintf(".%s.%d.%s%s", filepath.Base(path), os.Getpid(), strconv.FormatUint(rand.Uint64(), 36), suffix)
	return filepath.Join(filepath.Dir(path), name)
}

// Sweep removes the temporary files and folders beside path whose processes have ended. Those of running
// processes stay, so that two builds do not disturb each other.
func Sweep(path string) error {
	dir := filepath.Dir(path)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for leftovers: %w", err)
	}
	for _, entry := range entries {
		pid, ok := owner(entry.Name(), filepath.Base(path))
		if !ok {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue // its process has renamed it meanwhile
		}
		if err != nil {
			return fmt.Errorf("look for leftovers: %w", err)
		}
		if running(pid) && time.Since(info.ModTime()) < maxAge {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("remove leftovers of an earlier build: %w", err)
		}
	}
	return nil
}

// owner returns the process ID in a temporary name of base. For any other name, ok is false.
func owner(name, base string) (pid int, ok bool) {
	rest, ok := strings.CutPrefix(name, "."+base+".")
	if !ok {
		return 0, false
	}
	rest, ok = strings.CutSuffix(rest, suffix)
	if !ok {
		return 0, false
	}
	number, random, ok := strings.Cut(rest, ".")
	if !ok || random == "" || strings.Contains(random, ".") {
		return 0, false
	}
	pid, err := strconv.Atoi(number)
	return pid, err == nil && pid > 0
}

func running(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false // Windows finds only those that run
	}
	defer process.Release()
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
