package sparta

import (
	"errors"
	"fmt"
	"slices"
)

// CodeCommitPermission invokes the function by events of a CodeCommit repository's branches and tags, through a rule of
// EventBridge.
type CodeCommitPermission struct {
	// BasePermission has the repository's ARN as SourceArn. It may be empty if RepositoryName is set.
	BasePermission
	RepositoryName any      `json:"repositoryName,omitempty"` // of this account and region; a name or an intrinsic
	Branches       []string `json:"branches,omitempty"`       // empty means all
	// Events are some of createReference, updateReference and deleteReference. Empty means all.
	Events []string `json:"events,omitempty"`
}

func (p CodeCommitPermission) problems() []error {
	errs := p.BasePermission.problems()
	if p.SourceAccount != "" {
		errs = append(errs, errors.New("SourceAccount is set, but the source is a rule of this account: remove it"))
	}
	switch {
	case p.RepositoryName == nil && p.SourceArn == nil:
		errs = append(errs, errors.New("RepositoryName is missing: set it to the name of a repository"))
	case p.RepositoryName != nil && !isExpression(p.RepositoryName):
		errs = append(errs, fmt.Errorf("RepositoryName of type %T is invalid: use a name or a CloudFormation intrinsic",
			p.RepositoryName))
	}
	for _, event := range p.Events {
		if !slices.Contains([]string{"all", "createReference", "updateReference", "deleteReference"}, event) {
			errs = append(errs, fmt.Errorf("event %q of Events is unknown: use createReference, updateReference, "+
				"deleteReference or all", event))
		}
	}
	return errs
}
