package sparta

import "errors"

// CodeCommitPermission invokes the function when branches or tags of a CodeCommit repository change, through a rule of
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
	if p.RepositoryName == nil && p.SourceArn == nil {
		errs = append(errs, errors.New("RepositoryName is missing: set it to the name of a repository"))
	}
	return errs
}
