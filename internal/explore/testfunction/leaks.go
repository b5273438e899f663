package testfunction

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// CheckLeaks fails the test if, soon after its end, there are more goroutines, processes or open files than now.
func CheckLeaks(t testing.TB) {
	t.Helper()
	before := count()
	t.Cleanup(func() {
		var after counts
		for range 400 {
			after = count()
			if !after.exceed(before) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		stacks := make([]byte, 1<<20)
		t.Errorf("before %+v, after %+v; goroutines:\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
	})
}

type counts struct{ goroutines, processes, files int }

func (c counts) exceed(other counts) bool {
	return c.goroutines > other.goroutines || c.processes > other.processes || c.files > other.files
}

// count counts what this program has. Where there is no /proc, it counts goroutines only.
func count() counts {
	files, _ := os.ReadDir("/proc/self/fd")
	return counts{runtime.NumGoroutine(), len(descendants(os.Getpid())), len(files)}
}

// descendants lists the processes that a process and its children have started, without those that have ended.
func descendants(pid int) []int {
	entries, _ := os.ReadDir("/proc")
	children := map[int][]int{}
	for _, entry := range entries {
		id, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		stat, _ := os.ReadFile("/proc/" + entry.Name() + "/stat")
		// pid (name) state parent
		if fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:])); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], id)
		}
	}
	var found []int
	for queue := []int{pid}; len(queue) > 0; queue = queue[1:] {
		queue = append(queue, children[queue[0]]...)
		found = append(found, children[queue[0]]...)
	}
	return found
}

// IsRunning reports whether a process has not ended.
func IsRunning(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && !strings.Contains(string(stat), ") Z ")
}
