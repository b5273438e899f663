package eventsource

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/expression"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/delivery"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// repository is a CodeCommit repository, whose events a rule of the default bus selects.
type repository struct{ sparta.CodeCommitPermission }

func (s repository) rule() rule {
	detail := map[string]any{}
	if len(s.Branches) > 0 {
		detail["referenceName"] = s.Branches
	}
	var events []string
	for _, event := range s.Events {
		if event == "all" {
			events = nil
			break
		}
		verb := strings.TrimSuffix(event, "Reference")
		// createReference is referenceCreated in events.
		events = append(events, "reference"+logicalid.Capitalized(verb)+"d")
	}
	if events != nil {
		detail["event"] = events
	}
	pattern := map[string]any{
		"source":      []any{"aws.codecommit"},
		"detail-type": []any{"CodeCommit Repository State Change"},
		"resources":   []any{s.arn()},
	}
	if len(detail) > 0 {
		pattern["detail"] = detail
	}
	return rule{
		field:           "the rule of the repository",
		id:              "CodeCommit" + identity(s.source()) + "Rule",
		EventBridgeRule: sparta.EventBridgeRule{Name: s.words(), EventPattern: pattern},
	}
}

// source is what identifies the repository.
func (s repository) source() any {
	if s.SourceArn != nil {
		return s.SourceArn
	}
	return s.RepositoryName
}

func (s repository) words() string { return show.Expression(s.source()) }

func (s repository) arn() any {
	const prefix = "arn:${AWS::Partition}:codecommit:${AWS::Region}:${AWS::AccountId}:"
	if s.SourceArn != nil {
		return s.SourceArn
	}
	if name, ok := expression.Text(s.RepositoryName); ok {
		return cloudformation.Sub(prefix + name)
	}
	return cloudformation.SubWith{
		Text: prefix + "${Repository}", Values: map[string]any{"Repository": s.RepositoryName},
	}
}

// settings returns an error if the events are not those of repositories.
func (s repository) settings(time.Time) error {
	errs := []error{delivery.Optional("RepositoryName", s.RepositoryName, "a name")}
	if s.SourceAccount != "" {
		errs = append(errs, errors.New("SourceAccount is set, but the source is a rule of this account: remove it"))
	}
	for _, event := range s.Events {
		if !slices.Contains([]string{"all", "createReference", "updateReference", "deleteReference"}, event) {
			errs = append(errs, fmt.Errorf("event %q of Events is unknown: use createReference, updateReference, "+
				"deleteReference or all", event))
		}
	}
	return errors.Join(errs...)
}

func (s repository) addTo(template *cloudformation.Template, target Target) error {
	if err := s.settings(target.now()); err != nil {
		return err
	}
	return s.rule().addTo(template, target)
}

func (repository) statements(*cloudformation.Template) []map[string]any { return nil }

func (repository) permissions() []string { return rule{}.permissions() }

func (s repository) neighbour() show.Neighbour {
	return show.Neighbour{
		Invokes: true, Name: s.words(), Title: s.words(), Subtitle: "CodeCommit", Sample: "codecommit",
	}
}

func (s repository) facts() []show.Fact {
	value := s.words()
	if len(s.Branches) > 0 {
		value += ", branches " + strings.Join(s.Branches, ", ")
	}
	if len(s.Events) > 0 {
		value += ", events " + strings.Join(s.Events, ", ")
	}
	return []show.Fact{{Name: "CodeCommit repository", Value: value}}
}
