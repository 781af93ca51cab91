internal import Foundation

/// What the system says that a path leads to.
enum SystemFileKind: String {
  case regular = "a file"
  case folder = "a folder"
  case pipe = "a pipe (FIFO)"
  case socket = "a socket"
  case device = "a device"

  init(_ status: stat) {
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
  }
}
