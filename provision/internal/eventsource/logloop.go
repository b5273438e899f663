package eventsource

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Function is a function of a service, with what its sources invoke.
type Function struct {
	Info   *sparta.LambdaAWSInfo
	Target Target
}

// CheckLogLoops returns an error if functions of a template subscribe to each other's log groups in a circle: each line
// that one of them logs would keep them busy for ever.
func CheckLogLoops(template *cloudformation.Template, functions []Function) error {
	logged := map[string]int{} // the function that writes to a log group, by the group's expressions
	for i, function := range functions {
		for _, group := range ownLogGroups(template, function.Target) {
			if group != "" {
				logged[group] = i
			}
		}
	}
	invoked := make([][]int, len(functions)) // by a function's log
	for i, function := range functions {
		for _, source := range sources(function.Info) {
			if filter, ok := source.(logFilter); ok {
				if from, known := logged[show.Expression(filter.LogGroupName)]; known {
					invoked[from] = append(invoked[from], i)
				}
			}
		}
	}
	for i := range functions {
		if circle := circleFrom(invoked, []int{i}, make([]bool, len(functions))); circle != nil {
			names := make([]string, 0, len(circle))
			for _, function := range circle {
				names = append(names, functions[function].Info.Name())
			}
			return fmt.Errorf("functions %s subscribe to each other's log groups (LogGroupName of "+
				"CloudWatchLogsPermission), so that each line would invoke them for ever: remove one of the filters",
				strings.Join(names, ", "))
		}
	}
	return nil
}

// circleFrom continues a path until it is back at its start, and returns the circle, or nil. It goes nowhere twice.
func circleFrom(next [][]int, path []int, seen []bool) []int {
	for _, to := range next[path[len(path)-1]] {
		if to == path[0] {
			return path
		}
		if seen[to] {
			continue
		}
		seen[to] = true
		if circle := circleFrom(next, append(slices.Clone(path), to), seen); circle != nil {
			return circle
		}
	}
	return nil
}
