package edge

import (
	"fmt"
	"strings"

	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// Facts are a function's associations in words.
func Facts(options *sparta.LambdaFunctionOptions) []show.Fact {
	if options == nil || !options.Edge {
		return nil
	}
	facts := []show.Fact{{Name: "Lambda@Edge", Value: "runs for CloudFront"}}
	for _, one := range options.EdgeAssociations {
		place := "the site's distribution"
		if one.Distribution != nil {
			place = "distribution " + show.Expression(one.Distribution)
		}
		if one.PathPattern != "" {
			place += ", paths " + one.PathPattern
		}
		if one.IncludeBody {
			place += ", with bodies"
		}
		facts = append(facts, show.Fact{Name: "Runs for " + one.EventType, Value: place})
	}
	return facts
}

// Notes returns what users should know about associations before a deployment.
func Notes(functions []*sparta.LambdaAWSInfo) []string {
	var notes []string
	for _, info := range functions {
		if info.Options == nil {
			continue
		}
		for _, one := range info.Options.EdgeAssociations {
			if one.Distribution == nil && strings.HasPrefix(one.EventType, "viewer-") {
				place := "paths without another behavior"
				if one.PathPattern != "" {
					place = one.PathPattern
				}
				notes = append(notes, fmt.Sprintf("function %s runs for %s events of %s of the site, so the site's "+
					"own function, which finds the index documents of folders, does not: CloudFront does not combine "+
					"them", info.Name(), one.EventType, place))
			}
		}
	}
	return notes
}

// NoteDeletion logs what to expect when a stack with functions for edge locations is deleted.
func NoteDeletion(log *logrus.Logger, functions []*sparta.LambdaAWSInfo) {
	var names []string
	for _, info := range functions {
		if info.Options != nil && info.Options.Edge {
			names = append(names, info.Name())
		}
	}
	if len(names) == 0 {
		return
	}
	log.Infof("functions at edge locations (%s) can only be deleted when CloudFront has deleted their "+
		"replicas, some hours after the last distribution has stopped running them: if the deletion fails for this "+
		"reason, delete the stack again later", strings.Join(names, ", "))
}
