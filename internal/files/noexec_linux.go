package files

const noexecFlag = 0x8 // ST_NOEXEC
