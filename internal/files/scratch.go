package files

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

// scratchSuffix ends every name, after ".<base>.<pid>.<random>".
const scratchSuffix = ".tmp"

// maxScratchAge is the age from which a file is removed even if its process ID is in use, because IDs are reused.
const maxScratchAge = time.Hour

// Scratch returns a new temporary name for a file or folder that is renamed to path when it is complete. It is beside
// path, so that the rename stays within one file system, and belongs to this process. Scratch creates nothing.
func Scratch(path string) string {
	random := strconv.FormatUint(rand.Uint64(), 36)
	name := fmt.Sprintf(".%s.%d.%s%s", filepath.Base(path), os.Getpid(), random, scratchSuffix)
	return filepath.Join(filepath.Dir(path), name)
}

// SweepScratch removes the temporary files and folders beside path whose processes have ended. Those of running
// processes stay, so that two builds do not disturb each other.
func SweepScratch(path string) error {
	return sweep(filepath.Dir(path), func(base string) bool { return base == filepath.Base(path) })
}

// SweepScratchFolder is SweepScratch for all paths in a folder.
func SweepScratchFolder(dir string) error {
	return sweep(dir, func(string) bool { return true })
}

func sweep(dir string, belongs func(base string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for leftovers: %w", err)
	}
	for _, entry := range entries {
		base, pid, ok := owner(entry.Name())
		if !ok || !belongs(base) {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue // its process has just renamed it
		}
		if err != nil {
			return fmt.Errorf("look for leftovers: %w", err)
		}
		if running(pid) && time.Since(info.ModTime()) < maxScratchAge {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			return fmt.Errorf("remove leftovers of an earlier build: %w", err)
		}
	}
	return nil
}

// owner returns what a name of Scratch contains: the file or folder for which it was made, and the process that made
// it.
func owner(name string) (base string, pid int, ok bool) {
	rest, ok := strings.CutPrefix(name, ".")
	if !ok {
		return "", 0, false
	}
	rest, ok = strings.CutSuffix(rest, scratchSuffix)
	if !ok {
		return "", 0, false
	}
	i := strings.LastIndexByte(rest, '.')
	if i < 0 || i == len(rest)-1 {
		return "", 0, false
	}
	rest = rest[:i] // without the random part
	i = strings.LastIndexByte(rest, '.')
	if i < 0 {
		return "", 0, false
	}
	pid, err := strconv.Atoi(rest[i+1:])
	return rest[:i], pid, err == nil && pid > 0
}

func running(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false // Windows finds only those that run
	}
	defer process.Release()
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
