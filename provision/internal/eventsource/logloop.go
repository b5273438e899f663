package eventsource

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Function is a function of a service, with the target of its sources.
type Function struct {
	Info   *sparta.LambdaAWSInfo
	Target Target
}

// CheckLogLoops returns an error if functions of a template subscribe to each other's log groups in a circle: each line
// that one of them logs would keep them busy forever.
func CheckLogLoops(template *cloudformation.Template, functions []Function) error {
	logged := map[string]int{} // the function that writes to a log group, by the group's expressions
	for i, function := range functions {
		for _, group := range ownLogGroups(template, function.Target) {
			if group != "" {
				logged[group] = i
			}
		}
	}
	invoked := make([][]int, len(functions)) // the functions that each function's log invokes
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
				"CloudWatchLogsPermission), so each line would invoke them forever: remove one of the filters",
				strings.Join(names, ", "))
		}
	}
	return nil
}

// circleFrom continues a path until it returns to its start, and returns the circle, or nil. It visits nothing twice.
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
