package sample

// codeCommit returns the source whose sample is the update of a branch of a repository, as EventBridge reports it.
func codeCommit() source {
	return source{"codecommit", func(s service) any {
		permission := s.permission("CodeCommitPermission")
		repository, branch := s.resource(permission["repositoryName"], "shop"), oneOf(permission["branches"], "main")
		return busEvent("aws.codecommit", "CodeCommit Repository State Change",
			[]string{inRegion("codecommit") + repository}, object{
				"callerUserArn":     "arn:aws:iam::" + account + ":user/jane",
				"commitId":          "7f0103fade1b1ec2bb1f1e4c6d9a4f4dd2ea0c4f",
				"oldCommitId":       "2b1f0c1d8ef1a9b4c8b2f4d0a6b7c1d2e3f4a5b6",
				"event":             "referenceUpdated",
				"referenceFullName": "refs/heads/" + branch,
				"referenceName":     branch,
				"referenceType":     "branch",
				"repositoryId":      id,
				"repositoryName":    repository,
			})
	}}
}
