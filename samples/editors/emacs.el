;; In init.el, with eglot (part of Emacs 29, else the package eglot). Then M-x eglot.
(require 'eglot)
(add-to-list 'eglot-server-programs
             `((c-mode c++-mode c-ts-mode c++-ts-mode)
               . (,(or (getenv "SNUG") "snug") "lsp"
                  :initializationOptions (:inlayHints "waste"))))
